// Reads `{seed, credential}` (seed in hexadecimal); writes `{key, rdfc, jcs}`: the credential as @digitalbazaar/vc signs it.

import { input, load, loader } from './library.mjs';

const { seed, credential } = JSON.parse(input());
const vc = await load('@digitalbazaar/vc');
const multikey = await load('@digitalbazaar/ed25519-multikey');
const { DataIntegrityProof } = await load('@digitalbazaar/data-integrity');
const { cryptosuite: rdfc } = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const { createSignCryptosuite } = await load('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
const jcs = createSignCryptosuite();
const pair = await multikey.generate({ seed: Buffer.from(seed, 'hex') });
const { publicKeyMultibase } = await pair.export({ publicKey: true });
const did = `did:key:${publicKeyMultibase}`;
pair.id = `${did}#${publicKeyMultibase}`;
pair.controller = did;
const issued = { key: publicKeyMultibase };
for (const [name, cryptosuite] of Object.entries({ rdfc, jcs })) {
  const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
  issued[name] = await vc.issue({ credential: { ...credential, issuer: did }, suite, documentLoader: loader() });
}
console.log(JSON.stringify(issued));
