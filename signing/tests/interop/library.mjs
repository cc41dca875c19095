// Packages of the folder that INVIGIL_NODE_MODULES names, and documents that are given and never fetched.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const from = createRequire(`${process.env.INVIGIL_NODE_MODULES}/any.js`);

export const load = (name) => import(pathToFileURL(from.resolve(name)).href);

const CONTEXTS = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.json',
  'https://www.w3.org/ns/credentials/examples/v2': 'examples-v2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'ob-3.0.3.json',
  'https://w3id.org/security/data-integrity/v2': 'data-integrity-v2.json',
};

/** A loader of the pinned contexts and of `more`, a record from address to document. */
export const loader = (more = {}) => async (url) => {
  if (url in more) return { contextUrl: null, documentUrl: url, document: more[url] };
  if (!(url in CONTEXTS)) throw new Error(`${url} is not known`);
  const file = new URL(`../../contexts/${CONTEXTS[url]}`, import.meta.url);
  return { contextUrl: null, documentUrl: url, document: JSON.parse(readFileSync(file, 'utf8')) };
};

/** A DID document of one key, for each address by which verifiers ask for it. */
export const didDocuments = (did, publicKeyMultibase) => {
  const method = { id: `${did}#${publicKeyMultibase}`, type: 'Multikey', controller: did, publicKeyMultibase };
  const contexts = { '@context': 'https://w3id.org/security/multikey/v1' };
  return {
    [did]: { '@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [method], assertionMethod: [method.id] },
    [method.id]: { ...contexts, ...method },
  };
};

export const input = () => readFileSync(0, 'utf8');
