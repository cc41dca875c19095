// Given the address of a server in VC API test mode: what it issues, @digitalbazaar/vc verifies; what that issues and presents,
// the server verifies; what was changed, neither.

import { didDocuments, load, loader } from './library.mjs';

const url = process.argv[2];
const vc = await load('@digitalbazaar/vc');
const multikey = await load('@digitalbazaar/ed25519-multikey');
const { DataIntegrityProof } = await load('@digitalbazaar/data-integrity');
const { cryptosuite: rdfc } = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const { createSignCryptosuite, createVerifyCryptosuite } = await load('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
const sides = { rdfc: [rdfc, rdfc], jcs: [createSignCryptosuite(), createVerifyCryptosuite()] };

const faults = [];
const expect = (what, is, should) => {
  if (JSON.stringify(is) !== JSON.stringify(should)) faults.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
};
const post = async (path, body) => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};
const credential = () => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
  id: 'urn:uuid:86294362-4254-4f36-854f-3952fe42555d',
  type: ['VerifiableCredential', 'ExampleAlumniCredential'],
  credentialSubject: { id: 'did:example:subject', alumniOf: 'College' },
});

// What the server issues.
const { id: did } = await (await fetch(url)).json();
const key = did.replace('did:key:', '');
const documentLoader = loader(didDocuments(did, key));
// The library knows no chains: of one, it can judge the first proof.
const endpoints = { rdfc: ['rdfc'], jcs: ['jcs'], set: ['rdfc', 'jcs'], chain: ['rdfc'], status: ['rdfc'] };
for (const [endpoint, names] of Object.entries(endpoints)) {
  const { status, body } = await post(`/${endpoint}/credentials/issue`, { credential: credential(), options: {} });
  expect(`issued by ${endpoint}`, status, 201);
  const suite = names.map((name) => new DataIntegrityProof({ cryptosuite: sides[name][1] }));
  const verify = async (document) => {
    const checkStatus = async () => ({ verified: true });
    const result = await vc.verifyCredential({ credential: document, suite, documentLoader, checkStatus });
    // The library is content with one good proof of several.
    return (result.results ?? []).length === names.length && result.results.every((one) => one.verified);
  };
  const issued = body.verifiableCredential;
  expect(`${endpoint} by npm`, await verify(issued), true);
  expect(`${endpoint} here`, (await post('/credentials/verify', { verifiableCredential: issued })).status, 200);
  const changed = structuredClone(issued);
  changed.credentialSubject.alumniOf = 'Elsewhere';
  expect(`${endpoint}, changed, by npm`, await verify(changed), false);
  expect(`${endpoint}, changed, here`, (await post('/credentials/verify', { verifiableCredential: changed })).status, 400);
}

// What others issue and present.
const pair = await multikey.generate();
const { publicKeyMultibase } = await pair.export({ publicKey: true });
const stranger = `did:key:${publicKeyMultibase}`;
pair.id = `${stranger}#${publicKeyMultibase}`;
pair.controller = stranger;
for (const [name, [sign]] of Object.entries(sides)) {
  const suite = () => new DataIntegrityProof({ signer: pair.signer(), cryptosuite: sign });
  const issued = await vc.issue({ credential: { ...credential(), issuer: stranger }, suite: suite(), documentLoader });
  const checks = { checks: ['proof'] };
  expect(`${name} of npm`, (await post('/credentials/verify', { verifiableCredential: issued, options: checks })).status, 200);
  const presentation = vc.createPresentation({ verifiableCredential: [issued], holder: stranger });
  const options = { challenge: 'u1', domain: 'verifier.example' };
  const presented = await vc.signPresentation({ presentation, suite: suite(), documentLoader, ...options });
  const shown = async (verifiablePresentation, options) => (await post('/presentations/verify', { verifiablePresentation, options })).status;
  expect(`${name}, presented`, await shown(presented, options), 200);
  expect(`${name}, for another domain`, await shown(presented, { ...options, domain: 'elsewhere.example' }), 400);
  const changed = structuredClone(presented);
  changed.verifiableCredential[0].credentialSubject.alumniOf = 'Elsewhere';
  expect(`${name}, presented, changed`, await shown(changed, options), 400);
}

for (const fault of faults) console.log(fault);
console.log(faults.length ? 'not all as expected' : 'all as expected');
process.exitCode = faults.length ? 1 : 0;
