import { describe, expect, test } from 'vitest';
import { maxSbomSize } from './limits.ts';
import { readBom } from './read.ts';

const cyclonedx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [{ type: 'library', name: 'a', purl: 'pkg:npm/a@1' }],
};
const tagValue = 'SPDXVersion: SPDX-2.3\nDocumentName: doc\n\nPackageName: a\nSPDXID: SPDXRef-a\n';

function read(value: unknown): ReturnType<typeof readBom> {
  return readBom(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

function envelope(payload: unknown): object {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(text).toString('base64'), signatures: [] };
}

function statement(predicate: unknown): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://cyclonedx.org/bom',
    subject: [],
    predicate,
  };
}

describe('what an SBOM may come in', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', cyclonedx, []],
    ['a byte order mark', `\ufeff${JSON.stringify(cyclonedx)}`, []],
    ['a statement', statement(cyclonedx), []],
    ['an envelope', envelope(statement(cyclonedx)), ['sbom-unverified']],
    ['an envelope without a statement', envelope(cyclonedx), ['sbom-unverified']],
    [
      'a bundle',
      { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope(statement(cyclonedx)) },
      ['sbom-unverified'],
    ],
    ['an early attestation of cosign', envelope(statement({ Data: cyclonedx })), ['sbom-unverified']],
    ['tag-value text as a predicate', statement(tagValue), []],
    ['tag-value text as data of a predicate', statement({ Data: tagValue }), []],
  ])('%s', async (_, document, notes) => {
    const bom = await read(document);
    expect(bom.components.map(({ name }) => name)).toEqual(['a']);
    expect(bom.notes.map(({ code }) => code)).toEqual(notes);
  });

  test('what is wrapped again and again is no SBOM', async () => {
    const wrapped = Array.from({ length: 6 }).reduce<unknown>((inner) => statement(inner), cyclonedx);
    await expect(read(wrapped)).rejects.toThrowCode('SBOM_UNKNOWN_FORMAT');
  });
});

test.each<[string, unknown, string]>([
  ['nothing', '', 'SBOM_UNKNOWN_FORMAT'],
  ['some text', 'hello', 'SBOM_UNKNOWN_FORMAT'],
  ['a list', '[]', 'SBOM_UNKNOWN_FORMAT'],
  ['another JSON object', { a: 1 }, 'SBOM_UNKNOWN_FORMAT'],
  ['a bundle of a signature', { mediaType: 'x', messageSignature: {} }, 'SBOM_UNKNOWN_FORMAT'],
  ['half a JSON object', '{"bomFormat":', 'SBOM_INVALID'],
  ['a payload that is no base64', { payloadType: 'x', payload: '???' }, 'SBOM_INVALID'],
  ['a text without an end', `${tagValue}PackageDescription: <text>never`, 'SBOM_INVALID'],
  ['a document without a version', { bomFormat: 'CycloneDX' }, 'SBOM_INVALID'],
  ['CycloneDX 1.1', { ...cyclonedx, specVersion: '1.1' }, 'SBOM_UNSUPPORTED_VERSION'],
  ['CycloneDX of the future', { ...cyclonedx, specVersion: '2.0' }, 'SBOM_UNSUPPORTED_VERSION'],
  ['SPDX 3', { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld' }, 'SBOM_UNSUPPORTED_VERSION'],
  ['SPDX 2.0', { spdxVersion: 'SPDX-2.0' }, 'SBOM_UNSUPPORTED_VERSION'],
  ['SPDX without a number', { spdxVersion: '' }, 'SBOM_INVALID'],
  ['deep nesting', `{"a":${'['.repeat(200)}`, 'SBOM_TOO_LARGE'],
])('%s is refused', async (_, document, code) => {
  await expect(read(document)).rejects.toThrowCode(code);
});

test('more bytes than any SBOM has are not looked at', async () => {
  const huge = { length: maxSbomSize + 1 } as Uint8Array;
  await expect(readBom(huge)).rejects.toThrowCode('SBOM_TOO_LARGE');
});
