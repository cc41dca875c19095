// Reads `{key, tokens, seed, header, payload}` (a public JWK, tokens to verify, a private JWK and what to sign with it); writes
// what the library `jose` makes of each token, then a token of its own and the key of that.

import { input, load } from './library.mjs';

const { key, tokens, seed, header, payload } = JSON.parse(input());
const { CompactSign, importJWK, jwtVerify } = await load('jose');

const theirs = await importJWK(key, 'EdDSA');
for (const { token, typ } of tokens) {
  try {
    const read = await jwtVerify(token, theirs, { typ, algorithms: ['EdDSA', 'Ed25519'], clockTolerance: 5 });
    console.log(JSON.stringify({ valid: true, header: read.protectedHeader, payload: read.payload }));
  } catch (error) {
    console.log(JSON.stringify({ valid: false, because: error.code }));
  }
}
const secret = await importJWK(seed, 'EdDSA');
const claims = new TextEncoder().encode(JSON.stringify(payload));
const token = await new CompactSign(claims).setProtectedHeader(header).sign(secret);
const { kty, crv, x } = seed;
console.log(JSON.stringify({ token, key: { kty, crv, x } }));
