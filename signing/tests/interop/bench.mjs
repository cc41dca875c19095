// Reads a certificate with a proof of each suite and as JWT; writes how many a second the libraries of npm verify and sign on
// this one thread.

import { didDocuments, input, load, loader } from './library.mjs';

const { did, key, seed, seconds, credential, rdfc, jcs, jwt, jwk } = JSON.parse(input());
const vc = await load('@digitalbazaar/vc');
const multikey = await load('@digitalbazaar/ed25519-multikey');
const { DataIntegrityProof } = await load('@digitalbazaar/data-integrity');
const { cryptosuite } = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const { createSignCryptosuite, createVerifyCryptosuite } = await load('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
const { SignJWT, importJWK, jwtVerify } = await load('jose');
const documentLoader = loader(didDocuments(did, key));
const pair = await multikey.generate({ seed: Buffer.from(seed, 'hex') });
pair.id = `${did}#${key}`;
pair.controller = did;

const perSecond = async (work) => {
  await work();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    count += 1;
    await work();
  }
  return (count * 1000) / (performance.now() - start);
};
const figures = {};
for (const [name, document, make, check] of [
  ['rdfc', rdfc, () => cryptosuite, () => cryptosuite],
  ['jcs', jcs, createSignCryptosuite, createVerifyCryptosuite],
]) {
  figures[`verify_${name}`] = await perSecond(async () => {
    const suite = new DataIntegrityProof({ cryptosuite: check() });
    const result = await vc.verifyCredential({ credential: document, suite, documentLoader });
    if (!result.verified) throw result.error;
  });
  figures[`issue_${name}`] = await perSecond(async () => {
    const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite: make() });
    await vc.issue({ credential: { ...credential }, suite, documentLoader });
  });
}
const [secret, open] = [await importJWK(jwk, 'EdDSA'), await importJWK({ ...jwk, d: undefined }, 'EdDSA')];
figures.verify_jwt = await perSecond(() => jwtVerify(jwt, open, { typ: 'vc+jwt', currentDate: new Date(1_795_000_000_000) }));
figures.issue_jwt = await perSecond(() => new SignJWT(credential).setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt' }).sign(secret));
console.log(JSON.stringify(figures));
