import { expect, test } from 'vitest';
import { parseTagValue } from './parse.ts';

test('elements begin with their tags, and take what stands below them', () => {
  const document = parseTagValue(`SPDXVersion: SPDX-2.2
# a comment: with a colon
DocumentName: d
Creator: Tool: t-1
Creator: Person: p

FileName: ./stray
SPDXID: SPDXRef-stray
PackageName: a
SPDXID: SPDXRef-a
SPDXID: SPDXRef-again
PackageVersion: 1
PackageChecksum: SHA1: 00
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
ExternalRef: PACKAGE-MANAGER
PackageDescription: <text>one
two</text>
FileName: ./f
SPDXID: SPDXRef-f
FileChecksum: SHA1: 11
SnippetSPDXID: SPDXRef-s
PackageVersion: 9
Relationship: SPDXRef-a DEPENDS_ON SPDXRef-b
RelationshipComment: why
LicenseID: LicenseRef-1
ExtractedText: <text>all</text>
Annotator: Tool: trivy-1
SPDXREF: SPDXRef-a
AnnotationComment: <text>PkgType: npm</text>
`);
  expect(document).toMatchObject({
    spdxVersion: 'SPDX-2.2',
    name: 'd',
    creationInfo: { creators: ['Tool: t-1', 'Person: p'] },
    packages: [
      {
        name: 'a',
        SPDXID: 'SPDXRef-a',
        versionInfo: '1',
        description: 'one\ntwo',
        checksums: [{ algorithm: 'SHA1', checksumValue: '00' }],
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' }],
        hasFiles: ['SPDXRef-f'],
        annotations: [{ annotator: 'Tool: trivy-1', comment: 'PkgType: npm' }],
      },
    ],
    files: [{ fileName: './stray' }, { fileName: './f', checksums: [{ checksumValue: '11' }] }],
    relationships: [
      { spdxElementId: 'SPDXRef-a', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'SPDXRef-b', comment: 'why' },
    ],
    hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-1', extractedText: 'all' }],
  });
});

test.each([
  ['a text on one line', 'PackageName: <text>a</text>\n'],
  ['a text that begins below, with line ends of Windows', 'PackageName: <text>a</text>\r\nPackageVersion: 1\r\n'],
  ['no line end', 'PackageName: a'],
  ['spaces', 'PackageName:   a  \n'],
])('%s', (_, text) => {
  expect(parseTagValue(text)).toMatchObject({ packages: [{ name: 'a' }] });
});

test('a text that never ends is refused', () => {
  expect(() => parseTagValue('PackageName: <text>a\nPackageVersion: 1\n')).toThrowCode('SBOM_INVALID');
});
