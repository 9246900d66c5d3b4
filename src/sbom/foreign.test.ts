import { expect, test } from 'vitest';
import type { Inventory } from '../core/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { toInventory } from './inventory/to-inventory.ts';
import { readBom } from './read.ts';

/** Documents in the words of other tools, cut down to what is particular about each. */
async function inventoryOf(document: object | string): Promise<Inventory> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return toInventory(await readBom(Buffer.from(text)), ecosystems.all);
}

function shown({ os, systemPackages, applications, coverage }: Inventory): object {
  return {
    os: os && `${os.family} ${os.name}`,
    system: systemPackages.map(({ name, version }) => `${name} ${version}`),
    applications: applications.map(({ type, packages }) => [
      type,
      packages.map(({ name, version }) => `${name} ${version}`),
    ]),
    notes: coverage.notes.map(({ effect, code }) => `${effect} ${code}`),
  };
}

test('cdxgen: groups in every ecosystem, OS packages without an operating system, gaps by its own words', async () => {
  const library = (purl: string, group: string, name: string, version: string): object => {
    return {
      group,
      name,
      version,
      purl,
      type: 'library',
      'bom-ref': decodeURIComponent(purl),
      evidence: { identity: [{ field: 'purl', confidence: 1 }] },
    };
  };
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    metadata: {
      timestamp: '2030-01-02T03:04:05Z',
      tools: {
        components: [
          {
            group: '@cyclonedx',
            name: 'cdxgen',
            version: '12.0.0',
            type: 'application',
            purl: 'pkg:npm/%40cyclonedx/cdxgen@12.0.0',
          },
        ],
      },
      authors: [{ name: 'OWASP Foundation' }],
      lifecycles: [{ phase: 'post-build' }],
      component: {
        name: 'app',
        group: 'org',
        version: '1',
        type: 'container',
        purl: 'pkg:oci/app@1',
        'bom-ref': 'pkg:oci/app@1',
      },
    },
    components: [
      library(
        'pkg:deb/debian/adduser@3.134?arch=all&distro=debian-12&distro_name=bookworm',
        'debian',
        'adduser',
        '3.134',
      ),
      library('pkg:golang/github.com/org/mod@v1.2.3', 'github.com/org', 'mod', 'v1.2.3'),
      library('pkg:maven/org.example/core@2.0?type=jar', 'org.example', 'core', '2.0'),
      { type: 'cryptographic-asset', name: 'sha-256', 'bom-ref': 'crypto' },
    ],
    compositions: [{ 'bom-ref': 'x', aggregate: 'incomplete' }],
  };
  expect(shown(await inventoryOf(document))).toEqual({
    os: 'debian 12',
    system: ['adduser 3.134'],
    applications: [
      ['gobinary', ['github.com/org/mod v1.2.3']],
      ['jar', ['org.example:core 2.0']],
    ],
    notes: ['incomplete sbom-incomplete', 'incomplete sbom-lacks'],
  });
});

test("BuildKit: a statement with a predicate of Syft's, files that tell of packages", async () => {
  const purl = (locator: string): object[] => [
    { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator },
  ];
  const predicate = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'sbom',
    creationInfo: {
      creators: ['Organization: Anchore, Inc', 'Tool: syft-v0.105.0', 'Tool: buildkit-v0.13.0'],
      created: '2030-01-02T03:04:05Z',
    },
    packages: [
      {
        name: 'sbom',
        SPDXID: 'SPDXRef-DocumentRoot-Directory-sbom',
        downloadLocation: 'NOASSERTION',
        primaryPackagePurpose: 'FILE',
      },
      {
        name: 'musl',
        SPDXID: 'SPDXRef-Package-apk-musl-1',
        versionInfo: '1.2.4-r2',
        externalRefs: purl('pkg:apk/alpine/musl@1.2.4-r2?arch=x86_64&upstream=musl&distro=alpine-3.18.4'),
      },
      {
        name: 'left',
        SPDXID: 'SPDXRef-Package-npm-left-1',
        versionInfo: '1.0.0',
        externalRefs: purl('pkg:npm/left@1.0.0'),
      },
    ],
    files: [
      {
        fileName: 'app/node_modules/left/package.json',
        SPDXID: 'SPDXRef-File-1',
        checksums: [{ algorithm: 'SHA1', checksumValue: '0'.repeat(40) }],
      },
    ],
    relationships: [
      {
        spdxElementId: 'SPDXRef-DOCUMENT',
        relatedSpdxElement: 'SPDXRef-DocumentRoot-Directory-sbom',
        relationshipType: 'DESCRIBES',
      },
      {
        spdxElementId: 'SPDXRef-DocumentRoot-Directory-sbom',
        relatedSpdxElement: 'SPDXRef-Package-apk-musl-1',
        relationshipType: 'CONTAINS',
      },
      {
        spdxElementId: 'SPDXRef-Package-npm-left-1',
        relatedSpdxElement: 'SPDXRef-File-1',
        relationshipType: 'OTHER',
        comment: "evident-by: indicates the package's existence is evident by the given file",
      },
    ],
  };
  const inventory = await inventoryOf({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://spdx.dev/Document',
    subject: [],
    predicate,
  });
  expect(shown(inventory)).toEqual({
    os: 'alpine 3.18.4',
    system: ['musl 1.2.4-r2'],
    applications: [['node-pkg', ['left 1.0.0']]],
    notes: [],
  });
  expect(inventory.applications[0]?.packages[0]?.filePath).toBe('app/node_modules/left/package.json');
});

test('Kubernetes bom: tag-value, images and layers as packages, relationships below each package', async () => {
  const document = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: SBOM-SPDX-1
DocumentNamespace: https://spdx.org/spdxdocs/k8s-releng-bom-1
Creator: Tool: bom-v0.6.0
Created: 2030-01-02T03:04:05Z

##### Package: sha256:aa

PackageName: sha256:aa
SPDXID: SPDXRef-Package-sha256-aa
PackageDownloadLocation: NONE
FilesAnalyzed: false
PackageLicenseConcluded: NOASSERTION
PrimaryPackagePurpose: CONTAINER
ExternalRef: PACKAGE-MANAGER purl pkg:oci/app@sha256%3Aaa?arch=amd64

Relationship: SPDXRef-Package-sha256-aa CONTAINS SPDXRef-Package-sha256-aa-layer

##### Package: sha256:bb

PackageName: sha256:bb
SPDXID: SPDXRef-Package-sha256-aa-layer
PackageDownloadLocation: NONE
FilesAnalyzed: false

Relationship: SPDXRef-Package-sha256-aa-layer CONTAINS SPDXRef-Package-base-files

##### Package: base-files

PackageName: base-files
SPDXID: SPDXRef-Package-base-files
PackageVersion: 12.4+deb12u5
PackageDownloadLocation: NONE
PackageCopyrightText: <text>Copyright
 of several lines</text>
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/base-files@12.4%2Bdeb12u5?arch=amd64&distro=debian-12

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-Package-sha256-aa
`;
  expect(shown(await inventoryOf(document.replaceAll('\n', '\r\n')))).toEqual({
    os: 'debian 12',
    system: ['base-files 12.4+deb12u5'],
    applications: [],
    notes: ['incomplete sbom-lacks'],
  });
});
