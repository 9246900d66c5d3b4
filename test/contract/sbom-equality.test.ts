import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullVersion, type Inventory, type OperatingSystem, type Package, type Result } from '../../src/core/index.ts';
import { ecosystems } from '../../src/ecosystems/registry.ts';
import { resolveInventory } from '../../src/inventory/index.ts';
import { toInventory } from '../../src/sbom/operations.ts';
import { sbomFormats } from '../../src/sbom/registry.ts';
import { makeDigest } from '../../testkit/report.ts';
import { makeBom, throughFormat } from '../../testkit/sbom.ts';

/** Systems with the package format they have. */
const systems = [
  [{ family: 'debian', name: '12.5' }, 'dpkg'],
  [{ family: 'ubuntu', name: '22.04' }, 'dpkg'],
  [{ family: 'rocky', name: '9.2' }, 'rpm'],
  [{ family: 'redhat', name: '9.2' }, 'rpm'],
  [{ family: 'sles', name: '15.5' }, 'rpm'],
  [{ family: 'opensuse-leap', name: '15.5' }, 'rpm'],
  [{ family: 'alpine', name: '3.18.3', repositoryRelease: '3.19' }, 'apk'],
  [{ family: 'wolfi', name: '20230201' }, 'apk'],
] as const satisfies readonly (readonly [OperatingSystem, string])[];

const word = fc.stringMatching(/^[a-z][a-z0-9+.]{0,8}$/);
const upstream = fc.stringMatching(/^[0-9][a-z0-9.+~]{0,6}$/);
const layer = fc.constantFrom({ digest: makeDigest('a'), diffId: makeDigest('b') }, { diffId: makeDigest('c') });

/** Only what is there. */
function maybe<T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<T | object> {
  return fc.oneof(fields, fc.constant({}));
}

function systemPackage(format: string): fc.Arbitrary<Package> {
  const hasRelease = format !== 'apk';
  const parts = fc.record({
    version: upstream,
    ...(hasRelease && { release: fc.stringMatching(/^[a-z0-9.+~]{1,5}$/), epoch: fc.integer({ min: 1, max: 3 }) }),
  });
  return fc
    .tuple(
      fc.record({ name: word, arch: fc.constantFrom('amd64', 'noarch') }),
      parts,
      maybe(fc.record({ source: fc.tuple(word, parts).map(([name, version]) => ({ name, ...version })) })),
      maybe(fc.record({ layer })),
      maybe(fc.record({ checksum: fc.constantFrom(`md5:${'01'.repeat(16)}`, `sha256:${'ab'.repeat(32)}`) })),
      maybe(fc.record({ repositoryClass: fc.constantFrom('official' as const, 'third-party' as const) })),
      maybe(
        fc.record({
          licenses: fc.array(fc.constantFrom('MIT', 'GPLv2+', 'Own terms'), { minLength: 1, maxLength: 3 }),
        }),
      ),
      format === 'rpm'
        ? maybe(
            fc.record({
              modularityLabel: fc.constant('m:1:2:3'),
              buildInfo: fc.constant({ contentSets: ['s-1', 's-2'] }),
            }),
          )
        : fc.constant({}),
    )
    .map((fields) => {
      const pkg: Package = Object.assign({}, ...fields);
      return { ...pkg, id: `${pkg.name}@${fullVersion(pkg)}.${pkg.arch}` };
    });
}

function languagePackage(type: string): fc.Arbitrary<Package> {
  const name = type === 'jar' ? fc.tuple(word, word).map(([group, artifact]) => `${group}:${artifact}`) : word;
  const scoped =
    type === 'npm' || type === 'node-pkg'
      ? fc.oneof(
          name,
          name.map((text) => `@s/${text}`),
        )
      : name;
  const isGathered = type !== 'npm' && type !== 'pip' && type !== 'gobinary';
  return fc
    .tuple(
      fc.record({ name: scoped, version: upstream }),
      maybe(fc.record({ layer })),
      isGathered
        ? fc.record({
            filePath: fc.webPath().map((path) => `app${path}/x`),
            fileChecksum: fc.constantFrom(`sha1:${'01'.repeat(20)}`, `sha1:${'ab'.repeat(20)}`),
          })
        : fc.constant({}),
      maybe(fc.record({ relationship: fc.constantFrom('direct' as const, 'indirect' as const) })),
    )
    .map((fields) => {
      const pkg: Package = Object.assign({}, ...fields);
      return type === 'jar' ? pkg : { ...pkg, id: `${pkg.name}@${pkg.version}` };
    });
}

const applications = fc.array(
  fc.constantFrom('npm', 'node-pkg', 'python-pkg', 'pip', 'jar', 'gobinary').chain((type) =>
    fc.record({
      type: fc.constant(type),
      path: fc.constantFrom('app/a.lock', 'srv/b'),
      packages: fc.uniqueArray(languagePackage(type), { minLength: 1, maxLength: 5, selector: identityOf }),
    }),
  ),
  { maxLength: 4 },
);

const inventories = fc.constantFrom(...systems).chain(([os, format]) =>
  fc.tuple(fc.uniqueArray(systemPackage(format), { maxLength: 6, selector: ({ id }) => id ?? '' }), applications).map(
    ([systemPackages, found]): Inventory => ({
      os,
      packageFormat: format,
      systemPackages: withDependencies(systemPackages),
      applications: found.map(({ type, path, packages }) =>
        isFile(type) ? { type, path: `${path}-${type}`, packages } : { type, packages },
      ),
      archives: [],
      coverage: { catalogers: [], notes: [] },
    }),
  ),
);

function isFile(type: string): boolean {
  return type === 'npm' || type === 'pip' || type === 'gobinary';
}

function identityOf({ name, version, filePath }: Package): string {
  return `${name}@${version} ${filePath}`;
}

/** A ring, which nothing leads into. */
function withDependencies(packages: readonly Package[]): Package[] {
  return packages.map((pkg, index) => {
    const next = packages[(index + 1) % packages.length]?.id;
    return next === undefined || next === pkg.id ? pkg : { ...pkg, dependsOn: [next] };
  });
}

function toResults({ os, systemPackages, applications: found }: Inventory): Result[] {
  const system: Result[] =
    systemPackages.length === 0
      ? []
      : [
          {
            target: `x (${os?.family})`,
            class: 'os-pkgs',
            type: os?.family ?? '',
            packages: systemPackages,
            findings: [],
          },
        ];
  return [
    ...system,
    ...found.map(({ type, path, packages }): Result => {
      return { target: path ?? `All ${type}`, class: 'lang-pkgs', type, packages, findings: [] };
    }),
  ];
}

/** What matching goes by, and what findings show. Licences are compared by the licence formats' own tests. */
function essence({ os, packageFormat, systemPackages, applications: found }: Inventory): unknown {
  const packagesOf = (packages: readonly Package[]): string[] =>
    packages.map(({ licenses: _, ...pkg }) => JSON.stringify(sortKeys(pkg))).sort();
  const groups = new Map<string, Package[]>();
  for (const { type, path, packages } of found) {
    const key = `${type} ${path ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), ...packages]);
  }
  return {
    os,
    packageFormat: systemPackages.length === 0 ? undefined : packageFormat,
    system: packagesOf(systemPackages),
    applications: [...groups].map(([key, packages]) => [key, packagesOf(packages)]).sort(),
  };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

describe.each(sbomFormats.all.flatMap(({ id, writes }) => writes.map((version) => [id, version] as const)))(
  '%s %s',
  (format, version) => {
    test('an inventory that went through an SBOM is judged by the same facts', async () => {
      await fc.assert(
        fc.asyncProperty(inventories, async (generated) => {
          const resolved = await resolveInventory(generated, ecosystems.all, async () => ({ notes: [] }));
          const { os } = resolved;
          const bom = makeBom(toResults(resolved), os === undefined ? {} : { os });
          const again = toInventory(await throughFormat(bom, format, version), ecosystems.all);
          expect(essence(again)).toEqual(essence(resolved));
        }),
        { numRuns: 60 },
      );
    });
  },
);
