import { expect, test } from 'vitest';
import { makePackage, testFormat, testLanguage } from '../../testkit/inventory.ts';
import {
  AppError,
  type Archive,
  type CoverageNote,
  type IdentitySource,
  type Inventory,
  type LanguageEcosystem,
} from '../core/index.ts';
import { resolveInventory } from './resolve.ts';

const archive: Archive = { path: 'app/x.jar', sha1: 'aa', declared: [], fileName: { artifact: 'x', version: '1' } };
const empty: Inventory = {
  systemPackages: [],
  applications: [],
  archives: [],
  coverage: { catalogers: [], notes: [] },
};
const known: IdentitySource = {
  findBySha1: (sha1) => (sha1 === 'aa' ? { group: 'g', artifact: 'x', version: '1' } : undefined),
  hasArtifact: () => false,
  findGroup: () => undefined,
};
const archives: LanguageEcosystem = {
  ...testLanguage,
  identities: 'known',
  loadResolver: async () => (found, source) => {
    const coordinates = source?.findBySha1(found.sha1);
    if (coordinates === undefined) return { packages: [], isIdentified: false, isSelfNamed: found.declared.length > 0 };
    const { group, artifact, version } = coordinates;
    return { packages: [makePackage(`${group}:${artifact}@${version}`)], isIdentified: true, isSelfNamed: false };
  },
};

async function resolve(
  inventory: Partial<Inventory>,
  source?: IdentitySource,
  notes: CoverageNote[] = [],
): Promise<Inventory> {
  const identities = async (): Promise<{ source?: IdentitySource; notes: CoverageNote[] }> => ({
    ...(source && { source }),
    notes,
  });
  return resolveInventory({ ...empty, ...inventory }, [testFormat, archives], identities);
}

test('packages get the purl of their ecosystem', async () => {
  const resolved = await resolve({
    os: { family: 'debian', name: '12' },
    packageFormat: 'dpkg',
    systemPackages: [makePackage('a@1')],
    applications: [{ type: 'lib-lock', path: 'l', packages: [makePackage('b@2')] }],
  });
  expect(resolved.systemPackages[0]?.purl).toBe('pkg:deb/debian/a@1');
  expect(resolved.applications[0]?.packages[0]?.purl).toBe('pkg:lib/b@2');
});

test('an archive becomes packages with its path, cataloger and layer', async () => {
  const pending = { type: 'archive', archive, catalogedBy: 'jar', layer: {} };
  const resolved = await resolve({ archives: [pending] }, known);
  expect(resolved.archives).toEqual([]);
  expect(resolved.applications[0]?.packages).toMatchObject([
    { name: 'g:x', version: '1', filePath: 'app/x.jar', catalogedBy: 'jar', layer: {} },
  ]);
});

test.each([
  ['without identity data the result is incomplete', undefined, 'incomplete'],
  ['an archive nobody knows is noted', known, 'note'],
] as const)('%s', async (_, source, effect) => {
  const pending = { type: 'archive', archive: { ...archive, sha1: 'bb' }, catalogedBy: 'jar' };
  const resolved = await resolve({ archives: [pending] }, source);
  expect(resolved.coverage.notes).toMatchObject([{ effect, code: 'archive-unidentified', path: 'app/x.jar' }]);
});

test('identity data is not opened for archives that tell their own names', async () => {
  const note: CoverageNote = { effect: 'incomplete', code: 'data-missing', message: 'none' };
  const named = { ...archive, declared: [{ group: 'g', artifact: 'x', version: '1' }] };
  const resolved = await resolve({ archives: [{ type: 'archive', archive: named, catalogedBy: 'jar' }] }, known, [
    note,
  ]);
  expect(resolved.coverage.notes).not.toContainEqual(note);
});

test('notes about the identity data are kept', async () => {
  const note: CoverageNote = { effect: 'incomplete', code: 'data-missing', message: 'none' };
  const resolved = await resolve({ archives: [{ type: 'archive', archive, catalogedBy: 'jar' }] }, known, [note]);
  expect(resolved.coverage.notes).toEqual([note]);
});

test('identity data that turns out damaged costs names, and the result is incomplete', async () => {
  const damaged: IdentitySource = {
    ...known,
    findBySha1: () => {
      throw new AppError('DAMAGED', { message: 'damaged', hint: '' });
    },
  };
  const pending = { type: 'archive', archive, catalogedBy: 'jar' };
  const resolved = await resolve({ archives: [pending, pending] }, damaged);
  expect(resolved.applications).toEqual([]);
  expect(resolved.coverage.notes.map(({ effect, code }) => `${effect} ${code}`)).toEqual([
    'incomplete data-unreadable',
    'incomplete archive-unidentified',
    'incomplete archive-unidentified',
  ]);
});

test('what a resolver does wrong is not taken for damaged data', async () => {
  const faulty: IdentitySource = {
    ...known,
    findBySha1: () => {
      throw new TypeError('a mistake');
    },
  };
  await expect(resolve({ archives: [{ type: 'archive', archive, catalogedBy: 'jar' }] }, faulty)).rejects.toThrow(
    'a mistake',
  );
});
