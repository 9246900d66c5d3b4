import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeWorkplace, runCli } from './cli.ts';

const vulnerable = { version: '1.2.3-r0' };

/** What a scan finds, from its JSON report. */
function findingsOf(report: string): string[] {
  const results: { Vulnerabilities?: { VulnerabilityID: string; InstalledVersion: string; Severity: string }[] }[] =
    JSON.parse(report).Results ?? [];
  return results.flatMap(({ Vulnerabilities = [] }) =>
    Vulnerabilities.map((one) => `${one.VulnerabilityID} ${one.InstalledVersion} ${one.Severity}`),
  );
}

describe.each(['cyclonedx', 'cyclonedx-xml', 'spdx', 'spdx-json'])('%s', (format) => {
  test('an image and the SBOM of it have the same findings, in a file and from the standard input', async () => {
    const { cwd, scan, cache } = makeWorkplace(vulnerable);
    const image = await runCli([...scan, '-f', 'json'], { cwd });
    const written = await runCli([...scan, '-f', format, '-o', 'sbom'], { cwd });
    expect({ code: written.code, stdout: written.stdout }).toEqual({ code: 0, stdout: '' });
    const args = ['sbom', '--cache-dir', cache, '--skip-db-update', '-f', 'json'];
    const fromFile = await runCli([...args, 'sbom'], { cwd });
    expect(findingsOf(fromFile.stdout)).toEqual(findingsOf(image.stdout));
    expect(findingsOf(fromFile.stdout)).toHaveLength(1);
    const input = readFileSync(join(cwd, 'sbom'), 'utf8');
    const fromInput = await runCli([...args, '-'], { cwd, input });
    expect(findingsOf(fromInput.stdout)).toEqual(findingsOf(image.stdout));
    expect((await runCli(['sbom', 'validate', 'sbom'], { cwd })).code).toBe(0);
  });
});

test('an SBOM holds vulnerabilities only when they were asked for', async () => {
  const { cwd, scan } = makeWorkplace(vulnerable);
  const plain = await runCli([...scan, '-f', 'cyclonedx'], { cwd });
  expect(JSON.parse(plain.stdout).vulnerabilities).toBeUndefined();
  const gated = await runCli([...scan, '-f', 'cyclonedx', '--exit-code', '7'], { cwd });
  expect({ code: gated.code, found: JSON.parse(gated.stdout).vulnerabilities.length }).toEqual({ code: 7, found: 1 });
  const full = await runCli([...scan, '-f', 'cyclonedx', '--scanners', 'vuln', '--spec-version', '1.7'], { cwd });
  expect(JSON.parse(full.stdout)).toMatchObject({ specVersion: '1.7', vulnerabilities: [{ id: 'CVE-2100-0001' }] });
  const wrong = await runCli([...scan, '-f', 'cyclonedx', '--spec-version', '0.9'], { cwd });
  expect({ code: wrong.code, told: wrong.stderr.includes('SBOM_VERSION_NOT_WRITTEN') }).toEqual({
    code: 1,
    told: true,
  });
});

test('diff, score and merge; a file that is called like one of them has a directory', async () => {
  const { cwd, scan, cache } = makeWorkplace(vulnerable);
  await runCli([...scan, '-f', 'cyclonedx', '-o', 'a.json'], { cwd });
  writeFileSync(join(cwd, 'b.json'), readFileSync(join(cwd, 'a.json'), 'utf8').replaceAll('1.2.3-r0', '1.2.4-r0'));
  const diff = await runCli(['sbom', 'diff', '--exit-code', '5', 'a.json', 'b.json'], { cwd });
  expect(diff).toMatchObject({ code: 5, stdout: '~ demo-lib 1.2.3-r0 -> 1.2.4-r0\n0 added, 0 removed, 1 changed\n' });
  expect((await runCli(['sbom', 'diff', '--exit-code', '5', 'a.json', 'a.json'], { cwd })).code).toBe(0);
  expect((await runCli(['sbom', 'score', 'a.json'], { cwd })).stdout).toContain('NTIA minimum elements (2021): ');
  expect((await runCli(['sbom', 'score', '--fail-under', '100', 'a.json'], { cwd })).code).toBe(1);
  const merged = await runCli(['sbom', 'merge', '--format', 'spdx-json', 'a.json', 'b.json'], { cwd });
  expect(JSON.parse(merged.stdout)).toMatchObject({ spdxVersion: 'SPDX-2.3', name: 'merged' });
  const converted = await runCli(['sbom', 'merge', '--format', 'spdx-json', 'a.json'], { cwd });
  expect(JSON.parse(converted.stdout)).toMatchObject({ name: 'image' });
  copyFileSync(join(cwd, 'a.json'), join(cwd, 'diff'));
  expect((await runCli(['sbom', './diff', '--cache-dir', cache, '--skip-db-update', '-f', 'json'], { cwd })).code).toBe(
    0,
  );
});

test('under the name trivy, SBOMs say nothing of ours', async () => {
  const { cwd, scan } = makeWorkplace(vulnerable);
  const { stdout } = await runCli([...scan, '-f', 'cyclonedx'], { cwd, name: 'trivy' });
  expect(JSON.parse(stdout)).toMatchObject({
    specVersion: '1.7',
    metadata: { tools: { components: [{ name: 'trivy' }] } },
  });
  expect(stdout.toLowerCase()).not.toContain('plimsoll');
});

test('what is no SBOM is an error', async () => {
  const { cwd } = makeWorkplace(vulnerable);
  const { code, stderr } = await runCli(['sbom', '-'], { cwd, input: '{"a":1}' });
  expect(code).toBe(1);
  expect(stderr).toContain('SBOM_UNKNOWN_FORMAT');
});
