import { describe, expect, test } from 'vitest';
import { makeBom, makeFullBom } from '../../testkit/sbom.ts';
import { sbomFormats } from './registry.ts';
import { validateSbom } from './validate.ts';
import { loadSbomWriter } from './write.ts';

type Json = Record<string, unknown>;

async function problemsOf(document: object): Promise<string[]> {
  const { problems } = await validateSbom(Buffer.from(JSON.stringify(document)));
  return problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

describe.each(sbomFormats.all)('$id', ({ id, title, writes, standard }) => {
  test.each(writes)('what we write in version %s breaks no rule', async (version) => {
    const write = await loadSbomWriter(id);
    const validation = await validateSbom(Buffer.from(write(makeFullBom(), version)));
    expect(validation).toEqual({ standard: `${standard} ${version}`, format: title, problems: [] });
    const { problems } = await validateSbom(Buffer.from(write(makeBom([]), version)));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('CycloneDX', () => {
  const sound = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      timestamp: '2030-01-02T03:04:05Z',
      tools: { components: [{ type: 'application', name: 't' }] },
      component: { type: 'application', name: 's', version: '1', 'bom-ref': 's' },
    },
    components: [{ type: 'library', name: 'a', version: '1', 'bom-ref': 'a' }],
    dependencies: [{ ref: 's', dependsOn: ['a'] }],
  };
  const withComponent = (parts: Json): Json => ({ ...sound, components: [{ ...sound.components[0], ...parts }] });

  test.each<[string, Json, string[]]>([
    ['nothing', sound, []],
    ['the serial number', { ...sound, serialNumber: 'x' }, ['error serialNumber: it is no urn:uuid:']],
    ['a type', withComponent({ type: 'moon' }), ['error components[0].type: moon is no type of component']],
    ['a name', withComponent({ name: '' }), ['error components[0].name: a component needs a name']],
    [
      'a version of old',
      { ...withComponent({ version: undefined }), specVersion: '1.3' },
      ['error components[0].version: a component needs a version before 1.4'],
    ],
    [
      'an identifier twice',
      withComponent({ 'bom-ref': 's' }),
      [
        'error components[0].bom-ref: the identifier s is used twice',
        'error dependencies[0].dependsOn: nothing has the reference a',
      ],
    ],
    ['a package URL', withComponent({ purl: 'npm/a' }), ['error components[0].purl: npm/a is no package URL']],
    [
      'two versions',
      withComponent({ purl: 'pkg:npm/a@2' }),
      ['warning components[0].purl: the version of the package URL is 2, of the package 1'],
    ],
    ['an epoch, which is no other version', withComponent({ purl: 'pkg:deb/a@1?epoch=2', version: '2:1' }), []],
    [
      'a hash',
      withComponent({ hashes: [{ alg: 'SHA-1', content: 'ab' }] }),
      ['error components[0].hashes[0]: SHA-1 ab is no hash'],
    ],
    [
      'a licence',
      withComponent({ licenses: [{ license: { id: 'Mit' } }] }),
      ['error components[0].licenses[0].license.id: Mit is no SPDX identifier'],
    ],
    [
      'a licence of nothing',
      withComponent({ licenses: [{ license: {} }] }),
      ['error components[0].licenses[0]: a licence needs an identifier or a name'],
    ],
    [
      'an expression',
      withComponent({ licenses: [{ expression: 'MIT or GPLv2' }] }),
      ['error components[0].licenses[0].expression: "MIT or GPLv2" is no SPDX licence expression'],
    ],
    [
      'expressions side by side',
      withComponent({ licenses: [{ expression: 'MIT' }, { expression: 'ISC' }] }),
      ['error components[0].licenses: an expression must stand alone before 1.7'],
    ],
    [
      'nested components',
      withComponent({ components: [{ type: 'library' }] }),
      ['error components[0].components[0].name: a component needs a name'],
    ],
    [
      'dependencies',
      { ...sound, dependencies: [{ ref: 's' }, { ref: 's' }, { ref: 'z' }] },
      ['error dependencies[1].ref: s is listed twice', 'error dependencies[2].ref: nothing has the reference z'],
    ],
    [
      'a date',
      { ...sound, metadata: { ...sound.metadata, timestamp: 'now' } },
      ['error metadata.timestamp: now is no date and time of RFC 3339'],
    ],
    [
      'metadata',
      { ...sound, metadata: {}, dependencies: [] },
      [
        'warning metadata.timestamp: it is not said when the document was made',
        'warning metadata.tools: it is not said what the document was made with',
        'warning metadata.component: it is not said what the document is about',
        'warning dependencies: it is not said what depends on what',
      ],
    ],
  ])('%s', async (_, document, expected) => {
    expect(await problemsOf(document)).toEqual(expected);
  });

  test('a document in which everything is wrong gives a list that ends', async () => {
    const components = Array.from({ length: 2000 }, () => ({}));
    expect(await problemsOf({ ...sound, components })).toHaveLength(1000);
  });
});

describe('SPDX', () => {
  const sound = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'd',
    documentNamespace: 'https://example.com/d',
    creationInfo: { created: '2030-01-02T03:04:05Z', creators: ['Tool: t-1'] },
    packages: [{ name: 'a', SPDXID: 'SPDXRef-a', downloadLocation: 'NOASSERTION', versionInfo: '1' }],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-a' },
    ],
  };
  const withPackage = (parts: Json): Json => ({ ...sound, packages: [{ ...sound.packages[0], ...parts }] });
  const withCreation = (parts: Json): Json => ({ ...sound, creationInfo: { ...sound.creationInfo, ...parts } });

  test.each<[string, Json, string[]]>([
    ['nothing', sound, []],
    [
      'nothing, in the words of 2.2',
      { ...sound, spdxVersion: 'SPDX-2.2', relationships: [], documentDescribes: ['SPDXRef-a'] },
      [],
    ],
    ['the licence of the data', { ...sound, dataLicense: 'MIT' }, ['error dataLicense: it must be CC0-1.0']],
    ['the name', { ...sound, name: '' }, ['error name: a document needs a name']],
    [
      'the namespace',
      { ...sound, documentNamespace: 'https://x#y' },
      ['error documentNamespace: it must be an absolute URI without a fragment'],
    ],
    [
      'the date',
      withCreation({ created: '2030-01-02' }),
      ['error creationInfo.created: it must be a date and time in whole seconds of UTC'],
    ],
    ['creators', withCreation({ creators: [] }), ['error creationInfo.creators: a document needs a creator']],
    [
      'a creator',
      withCreation({ creators: ['me'] }),
      ['error creationInfo.creators: "me" is no tool, person or organization'],
    ],
    [
      'a download location',
      withPackage({ downloadLocation: undefined }),
      ['error packages[0].downloadLocation: it must be stated, be it as NOASSERTION'],
    ],
    [
      'a checksum',
      withPackage({ checksums: [{ algorithm: 'SHA1', checksumValue: 'x' }] }),
      ['error packages[0].checksums[0]: SHA1 x is no checksum'],
    ],
    [
      'a checksum of a kind that we do not know',
      withPackage({ checksums: [{ algorithm: 'ADLER32', checksumValue: '03da0195' }] }),
      [],
    ],
    [
      'a supplier',
      withPackage({ supplier: 'Ann' }),
      ['error packages[0].supplier: "Ann" is no person or organization'],
    ],
    [
      'a licence',
      withPackage({ licenseDeclared: 'GPLv2' }),
      ['error packages[0].licenseDeclared: "GPLv2" is no SPDX licence expression'],
    ],
    ['a licence in other letters, which is the same', withPackage({ licenseDeclared: 'mit AND gpl-2.0-only' }), []],
    [
      'a licence of its own',
      withPackage({ licenseConcluded: 'LicenseRef-x' }),
      ['error packages[0].licenseConcluded: LicenseRef-x is nowhere explained'],
    ],
    [
      'a package URL',
      withPackage({ externalRefs: [{ referenceType: 'purl', referenceLocator: 'x' }] }),
      ['error packages[0].externalRefs: x is no package URL'],
    ],
    [
      'an identifier',
      withPackage({ SPDXID: 'a' }),
      [
        'error packages[0].SPDXID: a is no identifier of an element',
        'error relationships[0].relatedSpdxElement: nothing has the identifier SPDXRef-a',
      ],
    ],
    [
      'a file',
      { ...sound, files: [{ SPDXID: 'SPDXRef-f' }] },
      ['error files[0].fileName: a file needs a name', 'error files[0].checksums: a file needs its SHA-1'],
    ],
    [
      'a relationship',
      {
        ...sound,
        relationships: [
          ...sound.relationships,
          { spdxElementId: 'SPDXRef-a', relationshipType: 'x', relatedSpdxElement: 'NONE' },
        ],
      },
      ['error relationships[1].relationshipType: x is no type of relationship'],
    ],
    ['a subject', { ...sound, relationships: [] }, ['error relationships: it is not said what the document describes']],
  ])('%s', async (_, document, expected) => {
    expect(await problemsOf(document)).toEqual(expected);
  });
});
