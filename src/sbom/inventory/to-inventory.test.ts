import { describe, expect, test } from 'vitest';
import type { CoverageNote, Inventory, Package } from '../../core/index.ts';
import { ecosystems } from '../../ecosystems/registry.ts';
import { readBom } from '../read.ts';
import { toInventory } from './to-inventory.ts';

async function inventoryOf(document: object): Promise<Inventory> {
  return toInventory(await readBom(Buffer.from(JSON.stringify(document))), ecosystems.all);
}

function cyclonedx(components: readonly object[], parts: object = {}): object {
  return { bomFormat: 'CycloneDX', specVersion: '1.6', components, ...parts };
}

function library(purl: string, parts: object = {}): object {
  return { type: 'library', name: 'x', version: '1', purl, 'bom-ref': purl, ...parts };
}

function spdx(packages: readonly object[], parts: object = {}): object {
  return { spdxVersion: 'SPDX-2.3', packages, ...parts };
}

const debian = { type: 'operating-system', name: 'debian', version: '12' };

function lacks(notes: readonly CoverageNote[]): string[] {
  return notes.map(({ effect, message }) => `${effect}: ${message}`);
}

describe('the operating system', () => {
  test.each<[string, object, Inventory['os']]>([
    ['as a component', cyclonedx([debian]), { family: 'debian', name: '12' }],
    [
      'as os-release names it',
      cyclonedx([{ type: 'operating-system', name: 'rhel', version: '9.2' }]),
      { family: 'redhat', name: '9.2' },
    ],
    [
      'of its own kind',
      cyclonedx([{ type: 'operating-system', name: 'MoonOS', version: '1' }]),
      { family: 'moonos', name: '1' },
    ],
    [
      'as the subject',
      cyclonedx([], { metadata: { component: { type: 'operating-system', name: 'alpine', version: '3.20' } } }),
      { family: 'alpine', name: '3.20' },
    ],
    [
      'from package URLs',
      cyclonedx([library('pkg:deb/debian/a@1?distro=debian-12')]),
      { family: 'debian', name: '12' },
    ],
    [
      'from a release alone',
      cyclonedx([library('pkg:apk/alpine/a@1?distro=3.20.1')]),
      { family: 'alpine', name: '3.20.1' },
    ],
    [
      'from a name with dashes',
      cyclonedx([library('pkg:rpm/opensuse/a@1?distro=opensuse-leap-15.5')]),
      { family: 'opensuse-leap', name: '15.5' },
    ],
    [
      'from most of them',
      cyclonedx(
        ['a', 'b']
          .map((name) => library(`pkg:deb/ubuntu/${name}@1?distro=ubuntu-22.04`))
          .concat([library('pkg:deb/debian/c@1?distro=debian-12')]),
      ),
      { family: 'ubuntu', name: '22.04' },
    ],
    ['nowhere', cyclonedx([library('pkg:deb/debian/a@1')]), undefined],
  ])('%s', async (_, document, os) => {
    expect((await inventoryOf(document)).os).toEqual(os);
  });
});

describe('OS packages of other tools', () => {
  test.each<[string, Partial<Package>]>([
    ['pkg:deb/debian/x@1.2-3?arch=amd64', { version: '1.2', release: '3', arch: 'amd64' }],
    ['pkg:deb/debian/x@1%3A1.2-3', { version: '1.2', release: '3', epoch: 1 }],
    ['pkg:rpm/rocky/x@1.2-3.el9?epoch=2', { version: '1.2', release: '3.el9', epoch: 2 }],
    ['pkg:apk/alpine/x@1.2-r3', { version: '1.2-r3' }],
    ['pkg:deb/debian/x@1.2-3?upstream=src', { source: { name: 'src', version: '1.2', release: '3' } }],
    [
      'pkg:deb/debian/x@1.2-3?upstream=src%401%3A4-5',
      { source: { name: 'src', version: '4', release: '5', epoch: 1 } },
    ],
    [
      'pkg:rpm/rocky/x@1.2-3.el9?upstream=src-lib-1.2-3.el9.src.rpm',
      { source: { name: 'src-lib', version: '1.2', release: '3.el9' } },
    ],
    ['pkg:rpm/rocky/x@1-2?modularitylabel=m:1', { modularityLabel: 'm:1' }],
    ['pkg:rpm/rocky/x@1-2?rpmmod=m:1', { modularityLabel: 'm:1' }],
  ])('%s', async (purl, expected) => {
    const { version: _, ...unversioned } = library(purl) as Record<string, unknown>;
    const { systemPackages } = await inventoryOf(cyclonedx([unversioned]));
    expect(systemPackages[0]).toMatchObject(expected);
  });

  test('an epoch stands in the version or in the package URL, and counts once', async () => {
    const stated = library('pkg:deb/debian/x@2-1?epoch=3', { version: '3:2-1' });
    const { systemPackages } = await inventoryOf(cyclonedx([stated]));
    expect(systemPackages[0]).toMatchObject({ version: '2', release: '1', epoch: 3 });
  });
});

describe('names of packages, however a document splits them', () => {
  test.each<[string, object, string]>([
    ['maven', library('pkg:maven/org.x/core@1', { group: 'org.x', name: 'core' }), 'org.x:core'],
    ['maven without a group', library('pkg:maven/org.x/core@1', { name: 'core' }), 'org.x:core'],
    ['maven of one word', library('pkg:maven/a/a@1', { name: 'a:a' }), 'a:a'],
    ['npm', library('pkg:npm/%40s/left@1', { group: '@s', name: 'left' }), '@s/left'],
    ['npm in one', library('pkg:npm/%40s/left@1', { name: '@s/left' }), '@s/left'],
    ['npm with capitals', library('pkg:npm/jsonstream@1', { name: 'JSONStream' }), 'JSONStream'],
    ['Python', library('pkg:pypi/zope-event@1', { name: 'zope_event' }), 'zope_event'],
    ['Go', library('pkg:golang/github.com/o/m@v1', { name: 'github.com/o/m' }), 'github.com/o/m'],
    ['Go in two', library('pkg:golang/github.com/o/m@v1', { group: 'github.com/o', name: 'm' }), 'github.com/o/m'],
    ['by another name', library('pkg:npm/left@1', { name: 'Left pad library' }), 'left'],
  ])('%s', async (_, component, name) => {
    const { applications } = await inventoryOf(cyclonedx([component]));
    expect(applications[0]?.packages.map((pkg) => pkg.name)).toEqual([name]);
  });
});

describe('applications', () => {
  const application = {
    type: 'application',
    name: 'app/lock',
    'bom-ref': 'app',
    properties: [{ name: 'aquasecurity:trivy:Type', value: 'npm' }],
  };

  test('what an application leads to, over what it depends on, is its own', async () => {
    const { applications } = await inventoryOf(
      cyclonedx([application, library('pkg:npm/a@1'), library('pkg:npm/b@1'), library('pkg:npm/c@1')], {
        dependencies: [
          { ref: 'app', dependsOn: ['pkg:npm/a@1'] },
          { ref: 'pkg:npm/a@1', dependsOn: ['pkg:npm/b@1', 'app'] },
        ],
      }),
    );
    const typed = applications.map(({ type, path, packages }) => [type, path, packages.map(({ id }) => id)]);
    expect(typed).toEqual([
      ['node-pkg', 'app/lock', ['pkg:npm/a@1', 'pkg:npm/b@1']],
      ['node-pkg', undefined, ['pkg:npm/c@1']],
    ]);
  });

  test('components within components belong to them', async () => {
    const nested = { ...application, components: [library('pkg:npm/a@1')] };
    const { applications } = await inventoryOf(cyclonedx([nested]));
    expect(applications[0]).toMatchObject({ path: 'app/lock' });
  });

  test('places and layers that Syft states', async () => {
    const properties = [
      { name: 'syft:location:0:path', value: '/app/a/package.json' },
      { name: 'syft:location:0:layerID', value: `sha256:${'a'.repeat(64)}` },
    ];
    const { applications } = await inventoryOf(cyclonedx([library('pkg:npm/a@1', { properties })]));
    expect(applications[0]?.packages[0]).toMatchObject({
      filePath: 'app/a/package.json',
      layer: { diffId: `sha256:${'a'.repeat(64)}` },
    });
  });

  test('kinds that nobody knows are kept', async () => {
    const { applications } = await inventoryOf(cyclonedx([library('pkg:moon/rock@1')]));
    expect(applications).toMatchObject([{ type: 'moon', packages: [{ name: 'x', version: '1' }] }]);
  });
});

describe('what an SBOM lacks is said', () => {
  test.each<[string, object, string[]]>([
    ['no packages', cyclonedx([debian]), ['incomplete: The SBOM lists no packages']],
    [
      'packages without a package URL',
      cyclonedx([library('pkg:npm/a@1'), { type: 'library', name: 'b' }, { type: 'library', name: 'c', purl: 'junk' }]),
      ['incomplete: Packages without a package URL, which cannot be looked up: 2 (b, c)'],
    ],
    [
      'packages of no ecosystem',
      cyclonedx([library('pkg:npm/a@1'), library('pkg:generic/b@1')]),
      ['note: Packages of the type generic, of which nobody publishes advisories: 1'],
    ],
    [
      'source packages',
      cyclonedx([debian, library('pkg:deb/debian/a@1?distro=debian-12')]),
      ['incomplete: OS packages whose source package the SBOM does not name, though advisories speak of those: 1'],
    ],
    [
      'nothing: a document that names sources names them all',
      cyclonedx([debian, library('pkg:deb/debian/a@1?distro=debian-12'), library('pkg:deb/debian/b@1?upstream=c')]),
      [],
    ],
    [
      'nothing: Syft leaves out sources of the same name',
      cyclonedx([debian, library('pkg:deb/debian/a@1?distro=debian-12')], {
        metadata: { tools: [{ name: 'syft', version: '1' }] },
      }),
      [],
    ],
    [
      'the release',
      cyclonedx([{ type: 'operating-system', name: 'rocky' }, library('pkg:rpm/rocky/a@1-1')]),
      ['incomplete: The SBOM does not state the release of rocky'],
    ],
    [
      'the module',
      cyclonedx([library('pkg:rpm/rocky/a@1-1', { version: '1-1.module+el9' })]),
      ['incomplete: OS packages built for a module that the SBOM does not name, though advisories are by module: 1'],
    ],
    [
      'one distribution',
      cyclonedx([
        { type: 'operating-system', name: 'rocky', version: '9' },
        library('pkg:rpm/rocky/a@1-1'),
        library('pkg:rpm/fedora/b@1-1'),
      ]),
      ['incomplete: OS packages of another distribution or package format than the one judged by: 1'],
    ],
    [
      'completeness, by its own words',
      cyclonedx([library('pkg:npm/a@1')], { compositions: [{ aggregate: 'incomplete_first_party_only' }] }),
      ['incomplete: The SBOM says of itself that it is incomplete'],
    ],
    ['nothing', cyclonedx([library('pkg:npm/a@1')]), []],
    [
      'nothing: images and files are no packages',
      cyclonedx([
        library('pkg:npm/a@1'),
        { type: 'file', name: 'f' },
        { type: 'container', name: 'c', purl: 'pkg:oci/c@1' },
      ]),
      [],
    ],
    [
      'nothing: what holds others is no package',
      spdx(
        [
          { SPDXID: 'SPDXRef-image', name: 'image' },
          { SPDXID: 'SPDXRef-layer', name: 'layer' },
          {
            SPDXID: 'SPDXRef-a',
            name: 'a',
            externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' }],
          },
        ],
        {
          documentDescribes: ['SPDXRef-image'],
          relationships: [
            { spdxElementId: 'SPDXRef-image', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-layer' },
            { spdxElementId: 'SPDXRef-a', relationshipType: 'CONTAINED_BY', relatedSpdxElement: 'SPDXRef-layer' },
          ],
        },
      ),
      [],
    ],
  ])('%s', async (_, document, expected) => {
    expect(lacks((await inventoryOf(document)).coverage.notes)).toEqual(expected);
  });
});
