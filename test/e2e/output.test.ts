import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorkplace, runCli, startCli } from './cli.ts';

test('the report is on the standard output, all else on the standard error', async () => {
  const { cwd, scan } = makeWorkplace();
  const { stdout, stderr } = await runCli([...scan, '--format', 'json'], { cwd });
  expect(JSON.parse(stdout).Results[0].Vulnerabilities[0].VulnerabilityID).toBe('CVE-2100-0001');
  expect(stderr).toContain('info: Scanning with the scanners there are');
  expect(stderr).toContain('info: Verdict (result=fail, findings=1');
});

test('a format is given the variables that it asks for, and no others', async () => {
  const { cwd, scan } = makeWorkplace();
  const environment = { GITHUB_SHA: 'c0ffee', GITHUB_REF: 'refs/heads/main', GITHUB_TOKEN: 'secret' };
  const { stdout } = await runCli([...scan, '--format', 'github'], { cwd, environment });
  expect(JSON.parse(stdout)).toMatchObject({ sha: 'c0ffee', ref: 'refs/heads/main' });
  expect(stdout).not.toContain('secret');
});

test('a format without what it needs of the environment is an error that says so', async () => {
  const { cwd, scan } = makeWorkplace();
  const { code, stdout, stderr } = await runCli([...scan, '--format', 'asff'], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('AWS_ACCOUNT_ID');
});

test('--quiet leaves the report alone', async () => {
  const { cwd, scan } = makeWorkplace();
  expect((await runCli([...scan, '--quiet'], { cwd })).stderr).toBe('');
});

test('no colour and no bars where there is no terminal, unless colour is forced', async () => {
  const { cwd, scan } = makeWorkplace();
  const plain = await runCli(scan, { cwd });
  expect(plain.stdout + plain.stderr).not.toContain('\u001b');
  expect((await runCli(scan, { cwd, environment: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
});

test('the same scan writes the same bytes', async () => {
  const { cwd, scan } = makeWorkplace();
  const args = [...scan, '--format', 'json'];
  const first = await runCli(args, { cwd });
  const second = await runCli([...args, '--no-cache'], { cwd });
  expect(second.stdout).toBe(first.stdout);
  expect(JSON.parse(first.stdout).CreatedAt).toBe('2025-06-15T15:06:40.000Z');
});

test('-o writes a file whole, keeps its rights, and follows a link', async () => {
  const { cwd, scan } = makeWorkplace();
  mkdirSync(join(cwd, 'out'));
  writeFileSync(join(cwd, 'out/real.json'), 'old', { mode: 0o640 });
  symlinkSync('real.json', join(cwd, 'out/link.json'));
  const { stdout } = await runCli([...scan, '-f', 'json', '-o', 'out/link.json'], { cwd });
  expect(stdout).toBe('');
  expect(JSON.parse(readFileSync(join(cwd, 'out/real.json'), 'utf8')).SchemaVersion).toBe(2);
  expect(statSync(join(cwd, 'out/real.json')).mode & 0o777).toBe(0o640);
});

test('-o /dev/stdout is the standard output', async () => {
  const { cwd, scan } = makeWorkplace();
  const { stdout } = await runCli([...scan, '-q', '-f', 'json', '-o', '/dev/stdout'], { cwd });
  expect(JSON.parse(stdout).SchemaVersion).toBe(2);
});

test('a report that cannot be written is an error', async () => {
  const { cwd, scan } = makeWorkplace();
  mkdirSync(join(cwd, 'directory'));
  const result = await runCli([...scan, '-o', 'directory'], { cwd });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('[DISK_UNWRITABLE]');
});

test('a reader that goes away is no error', async () => {
  const { cwd, scan } = makeWorkplace();
  const child = startCli([...scan, '-q', '--exit-code', '7'], { cwd });
  child.stdout?.destroy();
  let stderr = '';
  child.stderr?.on('data', (part) => (stderr += part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 7, stderr: '' });
});

test('an output that is full is an error, not a crash', async () => {
  const { cwd, scan } = makeWorkplace();
  const full = openSync('/dev/full', 'w');
  const child = startCli([...scan, '-q'], { cwd, stdout: full });
  closeSync(full);
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr += part;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('[CLI_OUTPUT_FAILED]') });
});

test('help and version need nothing', async () => {
  const help = await runCli(['image', '--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('--severity <LIST>');
  expect((await runCli(['help', 'image'])).stdout).toBe(help.stdout);
  expect((await runCli([])).stdout).toContain('Commands:');
  expect((await runCli(['--version'])).stdout).toMatch(/^Version: \d+\.\d+\.\d+\n$/);
});

test('version and db status tell of the databases', async () => {
  const { cwd, cache } = makeWorkplace();
  const at = ['--cache-dir', cache];
  expect((await runCli(['version', ...at], { cwd })).stdout).toContain('UpdatedAt: 2025-06-15T00:00:00Z');
  const json = JSON.parse((await runCli(['version', '-f', 'json', ...at], { cwd })).stdout);
  expect(json.VulnerabilityDB).toMatchObject({ Version: 2, UpdatedAt: '2025-06-15T00:00:00Z' });
  expect((await runCli(['db', 'status', ...at], { cwd })).stdout).toContain('Java DB:\n  Not there:');
  expect(JSON.parse((await runCli(['db', 'status', '-f', 'json', ...at], { cwd })).stdout)).toEqual({
    VulnerabilityDB: json.VulnerabilityDB,
  });
});

test('the cache is where the name says, and private', async () => {
  const { cwd } = makeWorkplace();
  const cacheHome = join(cwd, 'caches');
  const args = ['image', '--input', 'image', '--scanners', 'license', '-q'];
  await runCli(args, { cwd, environment: { XDG_CACHE_HOME: cacheHome } });
  await runCli(args, { cwd, environment: { XDG_CACHE_HOME: cacheHome }, name: 'trivy' });
  expect(existsSync(join(cacheHome, 'plimsoll/plimsoll/layers'))).toBe(true);
  expect(existsSync(join(cacheHome, 'trivy/plimsoll/layers'))).toBe(true);
  expect(statSync(join(cacheHome, 'plimsoll/plimsoll')).mode & 0o077).toBe(0);
});

test('a template is taken from its file or as text, and says where it fails', async () => {
  const { cwd, scan } = makeWorkplace();
  const text = '{{range .}}{{range .Vulnerabilities}}{{.VulnerabilityID}} {{env "CI_JOB"}}\n{{end}}{{end}}';
  writeFileSync(join(cwd, 'own.tpl'), text);
  const args = [...scan, '-q', '--format', 'template', '--template'];
  const environment = { CI_JOB: '7' };
  expect((await runCli([...args, '@own.tpl'], { cwd, environment })).stdout).toBe('CVE-2100-0001 7\n');
  expect((await runCli([...args, text], { cwd, environment })).stdout).toBe('CVE-2100-0001 7\n');
  expect((await runCli([...args, '{{\n.X'], { cwd })).stderr).toContain('[CODEC_TEMPLATE_INVALID]');
  expect((await runCli([...args, '@none.tpl'], { cwd })).stderr).toContain('[DISK_NOT_FOUND]');
  expect((await runCli([...scan, '--format', 'template'], { cwd })).stderr).toContain('[REPORTS_TEMPLATE_MISSING]');
  expect((await runCli([...scan, '--template', 'x'], { cwd })).stderr).toContain('of no use without --format template');
});

test('a file beside what is scanned chooses no template', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, 'trivy.yaml'), 'format: template\ntemplate: "{{env \\"HOME\\"}}"\n');
  const { stdout, stderr } = await runCli(scan, { cwd });
  expect(stdout).toBe('');
  expect(stderr).toContain('[REPORTS_TEMPLATE_MISSING]');
});

test('tables are chosen by --table-mode and --report; other formats have none', async () => {
  const { cwd, scan } = makeWorkplace();
  const run = async (...more: readonly string[]) => (await runCli([...scan, '-q', ...more], { cwd })).stdout;
  expect(await run('--table-mode', 'detailed')).not.toContain('Report Summary');
  expect(await run('--report', 'summary')).not.toContain('Total: ');
  expect(await run('--report', 'summary', '--table-mode', 'detailed')).toContain('Total: ');
  const refused = await runCli([...scan, '--format', 'json', '--table-mode', 'summary'], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('"--table-mode" can be used only with "--format table" [CLI_USAGE]');
  writeFileSync(join(cwd, 'trivy.yaml'), 'table-mode: [summary]\n');
  expect(await run()).not.toContain('Total: ');
  expect(JSON.parse(await run('--format', 'json')).SchemaVersion).toBe(2);
});

test('packages are in tables when asked for by name, but not under the name trivy', async () => {
  const { cwd, scan } = makeWorkplace();
  expect((await runCli(scan, { cwd })).stdout).not.toContain('Packages: ');
  expect((await runCli([...scan, '--list-all-pkgs'], { cwd })).stdout).toContain('\nPackages: ');
  const trivy = await runCli([...scan, '--list-all-pkgs', '--report', 'summary'], { cwd, name: 'trivy' });
  expect(trivy.stdout).not.toContain('Packages: ');
  expect(trivy.stdout).toContain('Total: ');
  expect(trivy.stderr).toContain('--list-all-pkgs is of no use without --format json');
});

test('--show-suppressed shows what an ignore file leaves out', async () => {
  const { cwd, scan } = makeWorkplace();
  writeFileSync(join(cwd, '.trivyignore'), 'CVE-2100-0001\n');
  expect((await runCli([...scan, '-q'], { cwd })).stdout).not.toContain('Suppressed Vulnerabilities');
  const shown = await runCli([...scan, '-q', '--show-suppressed'], { cwd });
  expect(shown.stdout).toContain('Suppressed Vulnerabilities (Total: 1)');
  expect(shown.stdout).toContain('.trivyignore');
});
