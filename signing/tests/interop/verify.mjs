// Reads `{did, key, credentials}`; writes for each credential what @digitalbazaar/vc makes of it by each suite and by both.

import { didDocuments, input, load, loader } from './library.mjs';

const { did, key, credentials } = JSON.parse(input());
const vc = await load('@digitalbazaar/vc');
const { DataIntegrityProof } = await load('@digitalbazaar/data-integrity');
const { cryptosuite: rdfc } = await load('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const { createVerifyCryptosuite } = await load('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
const jcs = createVerifyCryptosuite();
const suite = (cryptosuite) => new DataIntegrityProof({ cryptosuite });
const documentLoader = loader(didDocuments(did, key));
for (const credential of credentials) {
  const verdicts = {};
  for (const [name, suites] of Object.entries({ rdfc: [suite(rdfc)], jcs: [suite(jcs)], both: [suite(rdfc), suite(jcs)] })) {
    const checkStatus = async () => ({ verified: true });
    const result = await vc.verifyCredential({ credential, suite: suites, documentLoader, checkStatus });
    verdicts[name] = result.verified;
    if (!result.verified) verdicts[`${name}_because`] = JSON.stringify(result.error?.errors?.map(String) ?? String(result.error));
  }
  console.log(JSON.stringify(verdicts));
}
