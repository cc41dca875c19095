// Reads `{port, key, certificate, documents, credentials}`: serves the documents at https://localhost:PORT by this certificate
// and key; writes what @digitalcredentials/verifier-core makes of each credential. Nothing else is reachable.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { input, load } from './library.mjs';

const { port, key, certificate, documents, credentials } = JSON.parse(input());
const server = createServer({ key, cert: readFileSync(certificate) }, (request, response) => {
  const document = documents[request.url];
  response.writeHead(document ? 200 : 404, { 'content-type': document?.type ?? 'text/plain' });
  response.end(document?.body ?? 'not here');
});
await new Promise((ready) => server.listen(port, 'localhost', ready));
const real = globalThis.fetch;
// The library tells of schemas that it cannot fetch.
const say = console.log;
console.log = console.error = () => {};
globalThis.fetch = async (request, ...rest) => {
  const { hostname } = new URL(request.url ?? request);
  if (hostname !== 'localhost') throw new Error(`${hostname} is not to be reached`);
  return real(request, ...rest);
};
const { verifyCredential } = await load('@digitalcredentials/verifier-core');
for (const credential of credentials) {
  const { log, errors } = await verifyCredential({ credential, knownDIDRegistries: [] });
  const steps = Object.fromEntries((log ?? []).map((step) => [step.id, step.error?.name ?? step.valid]));
  say(JSON.stringify({ steps, errors: (errors ?? []).map((error) => error.name) }));
}
server.close();
server.closeAllConnections();
