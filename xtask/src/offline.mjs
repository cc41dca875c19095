// Makes the candidate's page able to start without a network: names the build in its index.html, and writes sw.js from
// app/sw.js with that name and the hash of every file. Run again over changed files, it names the build anew.
//
// Usage: node offline.mjs FOLDER   (the built page, served at `/` and under `/app/candidate/`)
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const template = readFileSync(new URL("../../app/sw.js", import.meta.url), "utf8");
const page = join(folder, "index.html");

/** Puts a value in the one place that is there for it. */
function put(text, place, value) {
  const parts = text.split(place);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} places for ${place}, where one is expected`);
  return parts.join(value);
}

/** The hash as Subresource Integrity writes it. */
const integrity = (bytes) => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

// Neither what the server makes of these files, nor the page itself, which is at `/`, nor what is for people to read.
const left = (name) => /\.(br|md)$/.test(name) || name === "index.html" || name === "sw.js";
const files = readdirSync(folder, { recursive: true })
  .filter((name) => !left(name) && statSync(join(folder, name)).isFile())
  .map((name) => [`/app/candidate/${name.replaceAll("\\", "/")}`, integrity(readFileSync(join(folder, name)))])
  .sort();

// The name is of all that makes a build: its files, the page before it bears the name, the service worker's own program.
const nameless = readFileSync(page, "utf8").replace(/(<meta name="invigil-build" content=")[0-9a-f]*(">)/, "$1$2");
const whole = JSON.stringify([files, integrity(nameless), integrity(template)]);
const build = createHash("sha256").update(whole).digest("hex").slice(0, 32);

const named = put(nameless, `<meta name="invigil-build" content="">`, `<meta name="invigil-build" content="${build}">`);
writeFileSync(page, named);
const list = JSON.stringify(Object.fromEntries([["/", integrity(named)], ...files]), null, 2);
writeFileSync(join(folder, "sw.js"), put(put(template, `"@build@"`, JSON.stringify(build)), `"@files@"`, list));
