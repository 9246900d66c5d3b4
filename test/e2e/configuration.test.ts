import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorkplace, runCli } from './cli.ts';

const usual = `# trivy.yaml
severity:
  - HIGH
  - CRITICAL
exit-code: 1
ignore-unfixed: true
security-checks:
  - vuln
  - secret
  - config
`;

test.each([
  ['1.2.3-r0', 1],
  ['1.2.4-r0', 3],
])('the usual flat trivy.yaml works as meant: an image with %s ends with %d', async (version, code) => {
  const { cwd, scan } = makeWorkplace({ version });
  writeFileSync(join(cwd, 'trivy.yaml'), usual);
  const { code: found, stdout, stderr } = await runCli([...scan, '-f', 'json'], { cwd });
  expect(found).toBe(code);
  expect(stderr).toContain('path=trivy.yaml, keys="severity, exit-code, vulnerability.ignore-unfixed, scan.scanners"');
  const { Coverage: coverage } = JSON.parse(stdout).Plimsoll;
  expect(coverage.Notes.map((note: { Code: string }) => note.Code)).toEqual(
    expect.arrayContaining(['filtered', 'scanner-absent']),
  );
});

test('the nested keys of today mean the same', async () => {
  const { cwd, scan } = makeWorkplace({ version: '1.2.1-r0' });
  writeFileSync(
    join(cwd, 'trivy.yaml'),
    'severity: [LOW]\nvulnerability:\n  ignore-unfixed: true\nscan:\n  scanners: [vuln]\n',
  );
  const { stdout, stderr } = await runCli([...scan, '-f', 'json'], { cwd });
  const ids = JSON.parse(stdout).Results[0].Vulnerabilities.map(
    (one: { VulnerabilityID: string }) => one.VulnerabilityID,
  );
  expect(ids).toEqual(['CVE-2100-0002']);
  expect(stderr).not.toContain('warn');
});

test('a file beside the target may not send the report or the cache elsewhere, or name another target', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(
    join(cwd, 'trivy.yaml'),
    'output: stolen.txt\ncache:\n  dir: evil\nimage:\n  input: other\nallow-incomplete: true\nregistry:\n  mirrors:\n    docker.io: [evil.example]\n',
  );
  const { code, stdout, stderr } = await runCli([...scan, '-f', 'json'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).ArtifactName).toBe('image');
  for (const key of ['output', 'cache.dir', 'image.input', 'allow-incomplete', 'registry.mirrors']) {
    expect(stderr).toContain(
      `warn: Refused: only flags, environment, --config and your own configuration file may set this key (key=${key},`,
    );
  }
});

test('the same file named by --config, or as the own one, may', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, 'named.yaml'), 'output: report.txt\n');
  expect((await runCli([...scan, '--config', 'named.yaml'], { cwd })).stdout).toBe('');
  mkdirSync(join(cwd, 'own/plimsoll'), { recursive: true });
  writeFileSync(join(cwd, 'own/plimsoll/plimsoll.yaml'), 'output: report.txt\n');
  expect((await runCli(scan, { cwd, environment: { XDG_CONFIG_HOME: join(cwd, 'own') } })).stdout).toBe('');
});

test('flags before variables before files', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, 'plimsoll.yaml'), 'exit-code: 2\n');
  writeFileSync(join(cwd, 'trivy.yaml'), 'exit-code: 3\n');
  const own = { PLIMSOLL_EXIT_CODE: '4' };
  const trivy = { TRIVY_EXIT_CODE: '5' };
  expect((await runCli([...scan, '--exit-code', '6'], { cwd, environment: { ...own, ...trivy } })).code).toBe(6);
  expect((await runCli(scan, { cwd, environment: { ...own, ...trivy } })).code).toBe(4);
  expect((await runCli(scan, { cwd, environment: trivy })).code).toBe(5);
  expect((await runCli(scan, { cwd })).code).toBe(2);
});

test('a slip in a key is told with the key that is near', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, 'trivy.yaml'), 'exit-coed: 1\n');
  expect((await runCli(scan, { cwd })).stderr).toContain(
    'key=exit-coed, path=trivy.yaml, line=1, did you mean=exit-code',
  );
});

test('a wrong type names key, file and line', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, 'trivy.yaml'), 'severity: HIGH\nexit-code: many\n');
  const { code, stderr } = await runCli(scan, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('exit-code (trivy.yaml, line 2): "many" is not a whole number [CONFIG_VALUE_INVALID]');
});

test('--debug tells where each option came from, and never a secret', async () => {
  const { cwd, scan } = makeWorkplace();
  const environment = { PLIMSOLL_PASSWORD: 'hunter2', TRIVY_USERNAME: 'me' };
  const { stderr } = await runCli([...scan, '--debug', '--severity', 'HIGH'], { cwd, environment });
  expect(stderr).toContain('debug: Option (name=severity, value=HIGH, from=--severity)');
  expect(stderr).toContain('debug: Option (name=registry.password, value=***, from=PLIMSOLL_PASSWORD)');
  expect(stderr).not.toContain('hunter2');
});

test('an ignore file beside the target hides findings, and the report says so; one that was named must be there', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, '.trivyignore'), 'CVE-2100-0001\n');
  const { code, stdout } = await runCli([...scan, '--exit-code', '7'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('1 finding is left out because .trivyignore names them');
  const missing = await runCli([...scan, '--ignorefile', 'nowhere'], { cwd });
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('[DISK_NOT_FOUND]');
});
