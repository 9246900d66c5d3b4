import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { planScan } from './scan-options.ts';

test('everything has a default', async () => {
  const plan = await planScan({});
  expect(plan).toMatchObject({
    scanners: ['vuln'],
    packageTypes: ['os', 'library'],
    filter: { severities: ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], ignoreStatuses: [] },
    gate: { exitCode: 0, exitOnEol: 0, allowIncomplete: false },
    notes: [],
  });
});

test('0 layers at a time stands for the processors', async () => {
  expect((await planScan({ parallel: 0 })).parallel).toBeGreaterThan(0);
});

test('a scanner that is asked for and not there is noted', async () => {
  const { notes } = await planScan({ scanners: ['vuln', 'secret', 'misconfig'] });
  expect(notes.map(({ effect, code, data }) => [effect, code, data?.['scanner']])).toEqual([
    ['incomplete', 'scanner-absent', 'secret'],
    ['incomplete', 'scanner-absent', 'misconfig'],
  ]);
});

test('unfixed is every status but fixed, unless statuses are named', async () => {
  expect((await planScan({ ignoreUnfixed: true })).filter.ignoreStatuses).not.toContain('fixed');
  expect((await planScan({ ignoreUnfixed: true, ignoreStatuses: ['fixed'] })).filter.ignoreStatuses).toEqual(['fixed']);
});

test('the ignore file is read; only one that is optional may be missing', async () => {
  const path = join(temporaryDirectory(), 'ignored');
  await expect(planScan({ ignoreFile: { path } })).rejects.toThrowCode('DISK_NOT_FOUND');
  expect((await planScan({ ignoreFile: { path, optional: true } })).filter.ignoreFile).toBeUndefined();
  writeFileSync(path, 'CVE-2100-0001\n');
  expect((await planScan({ ignoreFile: { path } })).filter.ignoreFile).toEqual({ path, content: 'CVE-2100-0001\n' });
});
