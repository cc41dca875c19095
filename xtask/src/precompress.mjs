// Writes FILE.br beside each compressible file of a build, for the server to send as it is, and prints the sizes.
// A script of Node, which is here for wasm-opt anyway and carries brotli.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const dist = process.argv[2];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

for (const name of readdirSync(dist, { recursive: true }).sort()) {
  if (!/\.(wasm|js|css|svg|json)$/.test(name)) continue;
  const raw = readFileSync(join(dist, name));
  const small = brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  writeFileSync(join(dist, `${name}.br`), small);
  console.log(`    ${kilobytes(raw.length)} ${kilobytes(small.length)} brotli  ${name}`);
}
