import { expect, test } from 'vitest';
import { makeStatement } from './predicate.ts';

const digest = 'a'.repeat(64);

function make(type: string, predicate: string): Record<string, unknown> {
  const time = new Date('2026-06-01T12:00:00.500Z');
  return JSON.parse(makeStatement({ type, predicate: Buffer.from(predicate), name: 'app', digest, time }).toString());
}

const link = {
  _type: 'link',
  name: 'build',
  materials: {},
  products: {},
  byproducts: {},
  command: [],
  environment: {},
};

test.each<[string, string, unknown, string]>([
  [
    'custom',
    'anything',
    { Data: 'anything', Timestamp: '2026-06-01T12:00:00Z' },
    'https://cosign.sigstore.dev/attestation/v1',
  ],
  ['spdx', 'SPDXVersion: SPDX-2.3', 'SPDXVersion: SPDX-2.3', 'https://spdx.dev/Document'],
  ['spdxjson', '{"spdxVersion":"SPDX-2.3"}', { spdxVersion: 'SPDX-2.3' }, 'https://spdx.dev/Document'],
  ['cyclonedx', '{"bomFormat":"CycloneDX"}', { bomFormat: 'CycloneDX' }, 'https://cyclonedx.org/bom'],
  ['openvex', '{"author":"me"}', { author: 'me' }, 'https://openvex.dev/ns'],
  ['vuln', '{"scanner":{}}', { scanner: {} }, 'https://cosign.sigstore.dev/attestation/vuln/v1'],
  ['slsaprovenance', '{"builder":{"id":"b"}}', { builder: { id: 'b' } }, 'https://slsa.dev/provenance/v0.2'],
  ['slsaprovenance02', '{"materials":[]}', { materials: [] }, 'https://slsa.dev/provenance/v0.2'],
  [
    'slsaprovenance1',
    '{"runDetails":{"metadata":{"invocationID":"7"}}}',
    { runDetails: { metadata: { invocationId: '7' } } },
    'https://slsa.dev/provenance/v1',
  ],
  ['slsaprovenance1', '{"buildDefinition":{}}', { buildDefinition: {} }, 'https://slsa.dev/provenance/v1'],
  ['link', JSON.stringify(link), link, 'https://in-toto.io/Link/v1'],
  ['https://example.com/own', '{"a":1}', { a: 1 }, 'https://example.com/own'],
])('a predicate of the type %s', (type, text, predicate, predicateType) => {
  expect(make(type, text)).toEqual({
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: [{ name: 'app', digest: { sha256: digest } }],
    predicateType,
    predicate,
  });
});

test.each([
  ['spdxjson', 'SPDXVersion: SPDX-2.3'],
  ['cyclonedx', '[]'],
  ['https://example.com/own', 'null'],
  ['link', '{"_type":"link"}'],
  ['slsaprovenance', '{"builder":"b"}'],
  ['slsaprovenance02', '{"materials":{}}'],
  ['slsaprovenance1', '{"runDetails":[]}'],
  ['vuln', '['.repeat(100_000)],
])('what is no predicate of the type %s is refused', (type, text) => {
  expect(() => make(type, text)).toThrowCode('SIGN_PREDICATE_INVALID');
});
