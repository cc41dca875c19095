// Compares the draw compiled to WebAssembly with the known answers: node compare_draws.mjs MODULE VECTORS…
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const imported = await import(pathToFileURL(resolve(module)));
const draw = imported.draw ?? imported.default.draw;

for (const file of files) {
  const text = readFileSync(file, "utf8");
  const expected = JSON.parse(text);
  // Without its answers, so that they cannot simply be handed back.
  const asked = structuredClone(expected);
  asked.pool_digest = asked.blueprint_digest = "";
  for (const answer of asked.cases) {
    const form = "form" in answer.draw ? { form: "" } : {};
    Object.assign(answer, { key: "", words: [], draw: { ...answer.draw, ...form, items: [] } });
  }
  assert.deepEqual(JSON.parse(draw(JSON.stringify(asked))), expected, file);
  console.log(`${file}: ${expected.cases.length} draws agree`);
}
assert.throws(() => draw("{}"), "a document that is none is refused, not a crash");
