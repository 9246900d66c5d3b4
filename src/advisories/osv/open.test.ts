import { chmodSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testDistribution } from '../../../testkit/inventory.ts';
import { affects, makeOsvRecord } from '../../../testkit/osv.ts';
import { writeTree } from '../../../testkit/tree.ts';
import { makeZip } from '../../../testkit/zip.ts';
import type { Distribution, Ecosystem, LanguageEcosystem } from '../../core/index.ts';
import { versionSchemes } from '../../versions/registry.ts';
import { type OpenedOsv, openOsvRecords } from './open.ts';

const alpha: Distribution = testDistribution('alpha', {
  title: 'Alpha Linux',
  osv: 'Alpha',
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    bucket: ({ name }) => `alpha ${name.split('.').slice(0, 2).join('.')}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: false,
  },
});
const gappy: Distribution = {
  ...alpha,
  id: 'gap',
  osv: 'Gap',
  osvGap: 'modules are missing',
  ...(alpha.matching && { matching: { ...alpha.matching, bucket: ({ name }) => `gap ${name}` } }),
};
const beta: LanguageEcosystem = {
  kind: 'language',
  id: 'beta',
  title: 'Beta packages',
  versionScheme: 'npm',
  advisories: 'beta-db',
  osv: 'Beta',
  advisoryName: (name) => name.toLowerCase(),
  resultTypes: [],
  purl: () => undefined,
  catalogers: [],
};
const silent: LanguageEcosystem = { ...beta, id: 'silent', osv: 'Silent' };
delete (silent as { advisories?: string }).advisories;
const ecosystems: readonly Ecosystem[] = [alpha, gappy, beta, silent];

const opened: { path: string; osv: OpenedOsv | undefined }[] = [];
afterEach(() => {
  for (const { path, osv } of opened.splice(0)) {
    osv?.close();
    rmSync(path, { recursive: true, force: true });
  }
});

async function open(files: Record<string, unknown>): Promise<OpenedOsv> {
  const path = writeTree(files);
  const entry: (typeof opened)[number] = { path, osv: undefined };
  opened.push(entry);
  entry.osv = await openOsvRecords(path, { ecosystems, schemes: versionSchemes });
  return entry.osv;
}

test('language records go to a bucket of their database, under the name that is looked up', async () => {
  const { store, notes } = await open({
    'a/GHSA-x.json': makeOsvRecord('GHSA-x', {
      aliases: ['CVE-2030-1', 'R-7'],
      affected: [affects('Beta', 'Lib', ['introduced 0', 'fixed 1.2.0', 'introduced 2.0.0', 'last_affected 2.3.0'])],
    }),
    'b/R-8.json': makeOsvRecord('R-8', { affected: [affects('Beta', 'lib', ['introduced 3.0.0'])] }),
    'ignored.txt': 'no record',
  });
  expect(notes).toEqual([]);
  expect(store.buckets('beta-db::')).toEqual(['beta-db::OSV GHSA', 'beta-db::OSV R']);
  expect(store.buckets('alpha')).toEqual([]);
  expect(store.advisories('beta-db::OSV GHSA', 'lib')).toEqual([
    { id: 'CVE-2030-1', vendorIds: ['GHSA-x', 'R-7'], fixedVersion: '1.2.0' },
    { id: 'CVE-2030-1', vendorIds: ['GHSA-x', 'R-7'], affectedVersion: '2.0.0', lastAffectedVersion: '2.3.0' },
  ]);
  expect(store.advisories('beta-db::OSV R', 'lib')).toEqual([{ id: 'R-8', affectedVersion: '3.0.0', status: 2 }]);
  expect(store.advisories('beta-db::OSV R', 'Lib')).toEqual([]);
  expect(store.advisories('unheard of', 'lib')).toEqual([]);
  expect(store.dataSource('beta-db::OSV GHSA')).toMatchObject({ id: 'ghsa' });
  expect(store.dataSource('beta-db::OSV R')).toEqual({ id: 'osv', name: 'OSV R', url: 'https://osv.dev/' });
  expect(store.dataSource('unheard of')).toBeUndefined();
  expect(store.value(['Red Hat CPE'], 'x')).toBeUndefined();
});

test.each([
  ['Alpha:v3.18', 'alpha 3.18'],
  ['Alpha:12', 'alpha 12'],
  ['Alpha:22.04:LTS', 'alpha 22.04'],
])('a record of %s is in the bucket that the distribution names', async (ecosystem, bucket) => {
  const { store } = await open({
    'A-1.json': makeOsvRecord('A-1', {
      upstream: ['CVE-2030-1', 'CVE-2030-2'],
      affected: [affects(ecosystem, 'zlib', ['introduced 0', 'fixed 1.2-r1'])],
    }),
  });
  expect(store.buckets('')).toEqual([bucket]);
  expect(store.advisories(bucket, 'zlib')).toEqual([
    { id: 'CVE-2030-1', vendorIds: ['A-1'], fixedVersion: '1.2-r1' },
    { id: 'CVE-2030-2', vendorIds: ['A-1'], fixedVersion: '1.2-r1' },
  ]);
  expect(store.dataSource(bucket)).toEqual({ id: 'alpha', name: 'OSV Alpha Linux', url: 'https://osv.dev/' });
});

test('errata are known by the vulnerabilities that they relate to, other records are not', async () => {
  const related = ['CVE-2030-1', 'RHSA-1'];
  const { store } = await open({
    'A-1.json': makeOsvRecord('A-1', { related, affected: [affects('Alpha:1', 'a', ['introduced 0', 'fixed 2'])] }),
    'R-1.json': makeOsvRecord('R-1', { related, affected: [affects('Beta', 'a', ['introduced 0', 'fixed 2.0.0'])] }),
  });
  expect(store.advisories('alpha 1', 'a').map(({ id, vendorIds }) => [id, vendorIds])).toEqual([
    ['CVE-2030-1', ['A-1']],
  ]);
  expect(store.advisories('beta-db::OSV R', 'a').map(({ id, vendorIds }) => [id, vendorIds])).toEqual([
    ['R-1', undefined],
  ]);
});

test('what the records of a distribution cannot tell is said of its buckets', async () => {
  const { store } = await open({
    'G-1.json': makeOsvRecord('G-1', { affected: [affects('Gap:1', 'a', ['introduced 0'])] }),
    'A-1.json': makeOsvRecord('A-1', { affected: [affects('Alpha:1', 'a', ['introduced 0'])] }),
  });
  expect(store.gap?.('gap 1')).toBe('modules are missing');
  expect(store.gap?.('alpha 1')).toBeUndefined();
});

test('one record may speak of several releases and packages', async () => {
  const { store } = await open({
    'A-1.json': makeOsvRecord('A-1', {
      affected: [
        affects('Alpha:v1', 'a', ['introduced 0', 'fixed 1']),
        affects('Alpha:v2', 'a', ['introduced 0', 'fixed 2']),
        affects('Alpha:v2', 'b', ['introduced 0', 'fixed 3']),
        affects('Alpha:v2', 'a', ['introduced 5', 'fixed 6']),
        affects('Gamma', 'a', ['introduced 0']),
        affects('Silent', 'a', ['introduced 0']),
      ],
    }),
  });
  expect(store.buckets('')).toEqual(['alpha 1', 'alpha 2']);
  const fixes = (bucket: string, name: string) => store.advisories(bucket, name).map((one) => one.fixedVersion);
  expect(fixes('alpha 1', 'a')).toEqual(['1']);
  expect(fixes('alpha 2', 'a')).toEqual(['2', '6']);
  expect(fixes('alpha 2', 'b')).toEqual(['3']);
});

test('listed versions count where the ranges do not tell of them', async () => {
  const { store } = await open({
    'R-1.json': makeOsvRecord('R-1', {
      affected: [
        affects('Beta', 'a', ['introduced 1.0.0', 'fixed 2.0.0'], { versions: ['1.5.0', '3.0.0', 'not a version'] }),
      ],
    }),
    'R-2.json': makeOsvRecord('R-2', { affected: [affects('Beta', 'b', [], { versions: ['1.0.0'] })] }),
  });
  expect(store.advisories('beta-db::OSV R', 'a')).toEqual([
    { id: 'R-1', affectedVersion: '1.0.0', fixedVersion: '2.0.0' },
    { id: 'R-1', affectedVersion: '3.0.0', lastAffectedVersion: '3.0.0' },
  ]);
  expect(store.advisories('beta-db::OSV R', 'b')).toEqual([
    { id: 'R-2', affectedVersion: '1.0.0', lastAffectedVersion: '1.0.0' },
  ]);
});

test('withdrawn records say nothing', async () => {
  const { store, notes } = await open({
    'R-1.json': makeOsvRecord('R-1', {
      withdrawn: '2030-01-01T00:00:00Z',
      affected: [affects('Beta', 'a', ['introduced 0'])],
    }),
  });
  expect(store.buckets('')).toEqual([]);
  expect(store.detail('R-1')).toBeUndefined();
  expect(notes).toEqual([]);
});

test('what is told of a vulnerability comes from all its records, judged by source', async () => {
  const affected = [affects('Beta', 'a', ['introduced 0'])];
  const { store } = await open({
    '1.json': makeOsvRecord('GHSA-1', {
      aliases: ['CVE-2030-1'],
      summary: 'first',
      references: [{ url: 'https://a/' }, { url: 'https://b/' }],
      severity: [
        { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
        { type: 'CVSS_V4', score: 'nonsense' },
      ],
      database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-1'] },
      published: '2029-12-31T00:00:00Z',
      affected,
    }),
    '2.json': makeOsvRecord('R-1', {
      aliases: ['CVE-2030-1'],
      summary: 'second',
      details: 'words',
      references: [{ url: 'https://b/' }, { url: 'https://c/' }],
      affected: [
        affects('Beta', 'a', ['introduced 0'], {
          severity: [{ type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' }],
        }),
      ],
    }),
  });
  expect(store.detail('CVE-2030-1')).toEqual({
    title: 'first',
    description: 'words',
    cweIds: ['CWE-1'],
    vendorSeverity: { ghsa: 2, osv: 3 },
    cvss: {
      ghsa: { v3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', v3Score: 9.8 },
      osv: { v2Vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', v2Score: 7.5 },
    },
    references: ['https://a/', 'https://b/', 'https://c/'],
    publishedDate: '2029-12-31T00:00:00Z',
    lastModifiedDate: '2030-01-01T00:00:00Z',
  });
  expect(store.detail('GHSA-1')).toBeUndefined();
});

test.each([
  [{ database_specific: { severity: 'critical' } }, 4],
  [{ severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N' }] }, 1],
  [{ severity: [{ type: 'Ubuntu', score: 'medium' }] }, 2],
  [{ severity: [{ type: 'Ubuntu', score: 'negligible' }] }, 1],
  [{ severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N' }] }, undefined],
  [{ database_specific: { severity: 'constructor' } }, undefined],
  [{}, undefined],
])('%j is rated %s', async (parts, severity) => {
  const { store } = await open({
    'R-1.json': makeOsvRecord('R-1', { ...parts, affected: [affects('Beta', 'a', ['introduced 0'])] }),
  });
  expect(store.detail('R-1')?.vendorSeverity?.['osv']).toBe(severity);
});

test('the newest change of a record that is used dates the data', async () => {
  const of = (id: string, modified: string, ecosystem = 'Beta') =>
    makeOsvRecord(id, { modified, affected: [affects(ecosystem, 'a', ['introduced 0'])] });
  const { store } = await open({
    'R-1.json': of('R-1', '2030-03-01T00:00:00Z'),
    'R-2.json': of('R-2', '2030-01-01T00:00:00Z'),
    'R-3.json': of('R-3', '2031-01-01T00:00:00Z', 'Gamma'),
  });
  expect(store.identity).toEqual({ name: 'osv', updatedAt: '2030-03-01T00:00:00Z' });
});

test('what is no record is noted by name, and the rest is used', async () => {
  const { store, notes } = await open({
    'bad/1.json': '{',
    'bad/2.json': makeOsvRecord('R-2', { affected: 'all' }),
    'bad/3.json': makeOsvRecord('R-3', { affected: [affects('Beta', 'a', [])] }),
    'good.json': makeOsvRecord('R-1', { affected: [affects('Beta', 'a', ['introduced 0'])] }),
  });
  expect(notes.map(({ effect, code, path }) => [effect, code, path])).toEqual([
    ['incomplete', 'data-unreadable', 'bad/1.json'],
    ['incomplete', 'data-unreadable', 'bad/2.json'],
    ['incomplete', 'data-unreadable', 'bad/3.json'],
  ]);
  expect(notes[2]?.message).toBe('bad/3.json: it does not say which versions of a are affected');
  expect(store.advisories('beta-db::OSV R', 'a').map(({ id }) => id)).toEqual(['R-1']);
});

test('statements on commits alone are counted in a remark', async () => {
  const ranges = [{ type: 'GIT', repo: 'https://example.com/', events: [{ introduced: '0' }, { fixed: 'abc' }] }];
  const { store, notes } = await open({
    'R-1.json': makeOsvRecord('R-1', { affected: [{ package: { ecosystem: 'Beta', name: 'a' }, ranges }, { ranges }] }),
  });
  expect(notes.map(({ effect, message }) => [effect, message.slice(0, 38)])).toEqual([
    ['note', '1 statements of OSV records are about '],
  ]);
  expect(store.advisories('beta-db::OSV R', 'a')).toEqual([]);
});

test('notes are bounded', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.json`, '{']));
  const { notes } = await open(files);
  expect(notes).toHaveLength(101);
  expect(notes.at(-1)?.message).toBe('200 more OSV records cannot be read');
});

test('names of every kind are only names', async () => {
  const { store } = await open({
    'x.json': makeOsvRecord('__proto__', {
      aliases: ['constructor'],
      affected: [affects('Beta', '__proto__', ['introduced 0'])],
    }),
  });
  expect(store.advisories('beta-db::OSV records', '__proto__').map(({ id }) => id)).toEqual(['__proto__']);
  expect(store.advisories('beta-db::OSV records', 'constructor')).toEqual([]);
  expect(store.detail('toString')).toBeUndefined();
});

test('a record that changed meanwhile is an error when it is looked up', async () => {
  const files = { 'R-1.json': makeOsvRecord('R-1', { affected: [affects('Beta', 'a', ['introduced 0'])] }) };
  const { store } = await open(files);
  unlinkSync(join(opened[0]?.path ?? '', 'R-1.json'));
  expect(() => store.advisories('beta-db::OSV R', 'a')).toThrowCode('DISK_NOT_FOUND');
});

test('links are not followed, so that a directory of records cannot lead elsewhere', async () => {
  const path = writeTree({
    'real/R-1.json': makeOsvRecord('R-1', { affected: [affects('Beta', 'a', ['introduced 0'])] }),
  });
  opened.push({ path, osv: undefined });
  symlinkSync(join(path, 'real'), join(path, 'linked'));
  const osv = await openOsvRecords(join(path), { ecosystems, schemes: versionSchemes });
  expect(osv.store.advisories('beta-db::OSV R', 'a')).toHaveLength(1);
});

test('a directory that cannot be read is noted', async () => {
  const path = writeTree({ 'closed/R-1.json': '{}' });
  opened.push({ path, osv: undefined });
  chmodSync(join(path, 'closed'), 0);
  const { notes } = await openOsvRecords(path, { ecosystems, schemes: versionSchemes });
  chmodSync(join(path, 'closed'), 0o700);
  // The superuser can read everything, so the file itself is what is wrong then.
  expect(notes).toHaveLength(1);
  expect(notes[0]?.effect).toBe('incomplete');
});

test('a zip file of records is used as a directory is', async () => {
  const content = (id: string) =>
    JSON.stringify(makeOsvRecord(id, { affected: [affects('Beta', 'a', ['introduced 0'])] }));
  const zip = makeZip([
    { name: 'x/R-1.json', content: content('R-1') },
    { name: 'R-2.json', content: content('R-2'), stored: true },
    { name: 'broken.json', content: content('R-3'), crc32: 1 },
    { name: 'junk.json', content: '{' },
    { name: 'README.md', content: 'words' },
  ]);
  const path = writeTree({ 'all.zip': zip });
  const osv = await openOsvRecords(join(path, 'all.zip'), { ecosystems, schemes: versionSchemes });
  opened.push({ path, osv });
  expect(osv.notes.map((note) => note.path)).toEqual(['broken.json', 'junk.json']);
  for (let round = 0; round < 5; round++) {
    expect(osv.store.advisories('beta-db::OSV R', 'a').map(({ id }) => id)).toEqual(['R-1', 'R-2']);
  }
});

test('records of a zip file can be read more often than its bytes allow at once', async () => {
  const count = 300;
  const zip = makeZip(
    Array.from({ length: count }, (_, index) => ({
      name: `${index}.json`,
      content: JSON.stringify(
        makeOsvRecord(`R-${index}`, { affected: [affects('Beta', `p${index}`, ['introduced 0'])] }),
      ),
    })),
  );
  const path = writeTree({ 'all.zip': zip });
  const osv = await openOsvRecords(join(path, 'all.zip'), { ecosystems, schemes: versionSchemes });
  opened.push({ path, osv });
  // More records than are remembered, so that each is read again in each round.
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < count; index++) {
      expect(osv.store.advisories('beta-db::OSV R', `p${index}`)).toHaveLength(1);
    }
  }
});

test('a file that is no zip archive is an error', async () => {
  const path = writeTree({ 'all.zip': 'no archive' });
  opened.push({ path, osv: undefined });
  const options = { ecosystems, schemes: versionSchemes };
  await expect(openOsvRecords(join(path, 'all.zip'), options)).rejects.toThrowCode('CODEC_ZIP_ABSENT');
});

test('a path where nothing is, is an error', async () => {
  const options = { ecosystems, schemes: versionSchemes };
  await expect(openOsvRecords('/nowhere/at/all', options)).rejects.toThrowCode('ADVISORIES_RECORDS_MISSING');
});

test('reading stops when asked to', async () => {
  const path = writeTree({ 'R-1.json': '{}' });
  opened.push({ path, osv: undefined });
  const signal = AbortSignal.abort(new DOMException('stop', 'AbortError'));
  const options = { ecosystems, schemes: versionSchemes, signal };
  await expect(openOsvRecords(path, options)).rejects.toThrow('stop');
});
