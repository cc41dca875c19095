// Reads `{issuer, list, presentations, nonce, own}`; writes what @sd-jwt/sd-jwt-vc makes of each presentation, with its
// status by the list, and then a presentation of its own with keys of its own.

import { createHash, randomBytes, sign, verify, createPrivateKey, createPublicKey } from 'node:crypto';
import { input, load } from './library.mjs';

const { issuer, lists, presentations, nonce, own } = JSON.parse(input());
const { SDJwtVcInstance } = await load('@sd-jwt/sd-jwt-vc');

const hasher = (data) => new Uint8Array(createHash('sha256').update(Buffer.from(data)).digest());
const common = { hasher, hashAlg: 'sha-256', saltGenerator: (length) => randomBytes(length).toString('base64url') };
const verifierOf = (jwk) => (data, signature) =>
  verify(null, Buffer.from(data), createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url'));
const signerOf = (jwk) => (data) =>
  sign(null, Buffer.from(data), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64url');

for (const presentation of presentations) {
  const asked = [];
  const verifier = new SDJwtVcInstance({
    ...common,
    verifier: verifierOf(issuer),
    kbVerifier: (data, signature, payload) => verifierOf(payload.cnf.jwk)(data, signature),
    statusListFetcher: async (uri) => {
      asked.push(uri);
      if (!(uri in lists)) throw new Error(`no list at ${uri}`);
      return lists[uri];
    },
  });
  try {
    const { payload, kb } = await verifier.verify(presentation, { keyBindingNonce: nonce });
    console.log(JSON.stringify({ valid: true, payload, kb: kb.payload, asked }));
  } catch (error) {
    console.log(JSON.stringify({ valid: false, because: String(error.message) }));
  }
}

const { secret, holder, claims, frame, show, audience, at } = own;
const maker = new SDJwtVcInstance({
  ...common,
  signer: signerOf(secret),
  signAlg: 'EdDSA',
  verifier: verifierOf(secret),
  kbSigner: signerOf(holder),
  kbSignAlg: 'EdDSA',
});
const issued = await maker.issue(claims, frame, { header: own.header });
const kb = { payload: { iat: at, aud: audience, nonce } };
console.log(JSON.stringify({ issued, presented: await maker.present(issued, show, { kb }) }));
