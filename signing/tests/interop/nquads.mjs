// Reads documents, one a line; writes their canonical N-Quads, or why there are none.

import { input, load, loader } from './library.mjs';

const { default: jsonld } = await load('jsonld');
const options = { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader: loader(), safe: true, base: null };
for (const line of input().split('\n').filter(Boolean)) {
  try {
    console.log(JSON.stringify({ canonical: await jsonld.canonize(JSON.parse(line), { ...options, maxWorkFactor: 3 }) }));
  } catch (error) {
    console.log(JSON.stringify({ refused: `${error.message} ${JSON.stringify(error.details?.event ?? '')}` }));
  }
}
