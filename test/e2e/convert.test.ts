import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportFormats } from '../../src/reports/registry.ts';
import { makeWorkplace, runCli, type Workplace } from './cli.ts';

/** A place with the report of the sample image in `report.json`. */
async function withReport(...more: readonly string[]): Promise<Workplace> {
  const place = makeWorkplace();
  await runCli([...place.scan, '-q', '--format', 'json', '--output', 'report.json', ...more], place);
  return place;
}

const templated = ['--template', '{{ range . }}{{ .Target }}{{ len .Vulnerabilities }}{{ end }}\n'];

test.each(reportFormats.all)('the $id of a saved report is that of the scan', async ({ id }) => {
  const { cwd, scan } = await withReport();
  const format = ['-q', '--scanners', 'vuln', '--format', id, ...(id === 'template' ? templated : [])];
  const environment = { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-west-1' };
  const scanned = await runCli([...scan, ...format], { cwd, environment });
  const converted = await runCli(['convert', 'report.json', ...format], { cwd, environment });
  expect(scanned.stdout).not.toBe('');
  expect(converted).toEqual(scanned);
});

test('a report can come from the standard input, and go to a file', async () => {
  const { cwd } = await withReport();
  const input = readFileSync(join(cwd, 'report.json'), 'utf8');
  const { code, stdout } = await runCli(['convert', '-', '-f', 'sarif', '-o', 'report.sarif'], { cwd, input });
  expect([code, stdout]).toEqual([0, '']);
  expect(JSON.parse(readFileSync(join(cwd, 'report.sarif'), 'utf8')).version).toBe('2.1.0');
});

describe('a gate', () => {
  test('is judged by what the filters leave', async () => {
    const { cwd } = await withReport();
    const gate = ['convert', 'report.json', '-q', '--exit-code', '7'];
    expect((await runCli(gate, { cwd })).code).toBe(7);
    writeFileSync(join(cwd, 'accepted'), 'CVE-2100-0001\n');
    expect((await runCli([...gate, '--ignorefile', 'accepted'], { cwd })).code).toBe(0);
  });

  test('does not pass for severities that the scan left out', async () => {
    const { cwd } = await withReport('--severity', 'UNKNOWN');
    const gate = ['convert', 'report.json', '--exit-code', '7'];
    expect((await runCli(gate, { cwd })).code).toBe(0);
    const wider = await runCli([...gate, '--severity', 'UNKNOWN,HIGH'], { cwd });
    expect(wider.code).toBe(3);
    expect(wider.stdout).toContain('it tells nothing of HIGH');
  });

  test('does not pass for a report of Trivy under our name; under its own it does', async () => {
    const { cwd } = makeWorkplace();
    const foreign = { SchemaVersion: 2, ArtifactName: 'app', ArtifactType: 'filesystem' };
    writeFileSync(join(cwd, 'trivy.json'), JSON.stringify(foreign));
    const gate = ['convert', 'trivy.json', '--exit-code', '7'];
    expect((await runCli(gate, { cwd })).code).toBe(3);
    expect((await runCli([...gate, '--allow-incomplete'], { cwd })).code).toBe(0);
    expect((await runCli(['conv', ...gate.slice(1)], { cwd, name: 'trivy' })).code).toBe(0);
  });
});

test.each([
  ['missing.json', '[DISK_NOT_FOUND]'],
  ['empty', '[REPORTS_SAVED_UNKNOWN]'],
])('%s is an error: %s', async (name, code) => {
  const { cwd } = makeWorkplace();
  writeFileSync(join(cwd, 'empty'), '');
  const result = await runCli(['convert', name], { cwd });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain(code);
});
