import { expect, test } from 'vitest';
import type { Archive, Coordinates, IdentitySource } from '../../core/index.ts';
import { formatPackageUrl } from '../../core/index.ts';
import { java } from './index.ts';
import { resolveArchive } from './resolve.ts';
import { isSameVersion } from './version.ts';

const x: Coordinates = { group: 'g', artifact: 'x', version: '1.0' };
const nothing: IdentitySource = { findBySha1: () => undefined, hasArtifact: () => false, findGroup: () => undefined };

function makeArchive(parts: Partial<Archive>): Archive {
  return { path: 'x-1.0.jar', sha1: 'aa', declared: [], fileName: { artifact: 'x', version: '1.0' }, ...parts };
}

function resolve(parts: Partial<Archive>, identities?: Partial<IdentitySource>): string[] {
  const source = identities && { ...nothing, ...identities };
  const { packages, isIdentified } = resolveArchive(makeArchive(parts), source);
  return [...packages.map(({ name, version }) => `${name}@${version}`), ...(isIdentified ? [] : ['?'])];
}

const manifest: Coordinates = { group: 'm', artifact: 'x', version: '1.0' };
const bySha1 = (): Coordinates => ({ group: 's', artifact: 'y', version: '2.0' });

test.each<[string, Partial<Archive>, Partial<IdentitySource> | undefined, readonly string[]]>([
  ['declared, by its file name', { declared: [x], manifest }, { hasArtifact: () => true }, ['g:x@1.0']],
  ['declared, without data', { declared: [x], manifest }, undefined, ['g:x@1.0']],
  ['by manifest', { manifest }, { hasArtifact: (group) => group === 'm', findBySha1: bySha1 }, ['m:x@1.0']],
  ['by content', { manifest }, { findBySha1: bySha1, findGroup: () => 'n' }, ['s:y@2.0']],
  ['by file name', { manifest }, { findGroup: (artifact, version) => `${artifact}/${version}` }, ['x/1.0:x@1.0']],
  ['not at all', { manifest }, {}, ['?']],
  ['not without data', { manifest }, undefined, ['?']],
  ['not by an empty file name', { fileName: { artifact: '', version: '' } }, { findGroup: () => 'n' }, ['?']],
  [
    'beside what is packed in',
    { declared: [{ ...x, artifact: 'in' }] },
    { findBySha1: bySha1 },
    ['g:in@1.0', 's:y@2.0'],
  ],
  ['unlike what is packed in', { declared: [{ ...x, artifact: 'in' }] }, undefined, ['g:in@1.0', '?']],
  ['by its only declaration', { declared: [x], fileName: { artifact: '', version: '' } }, undefined, ['g:x@1.0']],
  ['once', { declared: [x, { ...x, version: '1.0.0' }, { ...x, version: '1.1' }] }, {}, ['g:x@1.0', 'g:x@1.1']],
])('an archive is named %s', (_, parts, identities, expected) => {
  expect(resolve(parts, identities)).toEqual(expected);
});

test('licences of the whole go to its only package, unless that has its own', () => {
  const licensesOf = (parts: Partial<Archive>): unknown =>
    resolveArchive(makeArchive({ licenses: ['MIT'], ...parts }), { ...nothing, findBySha1: bySha1 }).packages.map(
      ({ licenses }) => licenses,
    );
  expect(licensesOf({})).toEqual([['MIT']]);
  expect(licensesOf({ declared: [x] })).toEqual([['MIT']]);
  expect(licensesOf({ declared: [{ ...x, licenses: ['ISC'] }] })).toEqual([['ISC']]);
  expect(licensesOf({ declared: [x, { ...x, artifact: 'in' }] })).toEqual([undefined, undefined]);
});

test.each([
  ['2.17', '2.17.0', true],
  ['1.0', '1.0.Final', true],
  ['1.0-GA', '1', true],
  ['1.0', '1.0.1', false],
  ['1.0', '1.0-rc1', false],
  ['', '0', true],
])('%s and %s are the same version: %s', (a, b, expected) => {
  expect(isSameVersion(a, b)).toBe(expected);
});

test.each([
  ['org.example:core', '1.0', 'pkg:maven/org.example/core@1.0'],
  ['core', '1.0', 'pkg:maven/core@1.0'],
])('%s has a package URL', (name, version, expected) => {
  const purl = java.purl({ name, version });
  expect(purl && formatPackageUrl(purl)).toBe(expected);
});

test('advisories file packages by the name in lower case', () => {
  expect(java.advisoryName('Org.Example:Core')).toBe('org.example:core');
});
