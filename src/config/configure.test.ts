import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOption, severityOption } from '../decide/index.ts';
import { configure } from './configure.ts';
import { allOptions } from './registry.ts';
import type { ResolvedOptions } from './resolve.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-configure-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function run(flags: Record<string, string> = {}, environment: Record<string, string> = {}): Promise<ResolvedOptions> {
  return configure({
    options: allOptions,
    flags: Object.entries(flags).map(([flag, value]) => ({ flag, value })),
    environment,
    workingDirectory: join(root, 'work'),
    userDirectory: join(root, 'home'),
  });
}

test('nothing is needed', async () => {
  const options = await run();
  expect(options.get(exitCodeOption)).toBe(0);
  expect(options.notices).toEqual([]);
});

test.each([
  [['plimsoll.yaml', 'trivy.yaml'], 'plimsoll.yaml'],
  [['trivy.yaml'], 'trivy.yaml'],
])('of %j in the working directory %s is read, without trust', async (names, read) => {
  for (const name of names) write(`work/${name}`, 'severity: LOW\noutput: x\n');
  const options = await run();
  expect(options.origin(severityOption).name).toBe(`severity (${read}, line 1)`);
  expect(options.narrowings).toEqual([{ path: read, keys: ['severity'] }]);
  expect(options.notices[0]?.fields['key']).toBe('output');
});

test("the user's own file is trusted and counts before the working directory's", async () => {
  write('work/trivy.yaml', 'exit-code: 0\nseverity: LOW\n');
  write('home/plimsoll/plimsoll.yaml', 'exit-code: 2\noutput: x\n');
  const options = await run();
  expect(options.get(exitCodeOption)).toBe(2);
  expect(options.get(severityOption)).toEqual(['LOW']);
  expect(options.notices).toEqual([]);
});

test.each([
  ['flag', { config: 'named.yaml' }, {}],
  ['own variable', {}, { PLIMSOLL_CONFIG: 'named.yaml' }],
  ['variable of Trivy', {}, { TRIVY_CONFIG: 'named.yaml' }],
])('a file named by %s is trusted and replaces that of the working directory', async (_, flags, environment) => {
  write('work/trivy.yaml', 'severity: LOW\n');
  write('work/named.yaml', 'exit-code: 5\noutput: x\n');
  const options = await run(flags, environment);
  expect(options.get(exitCodeOption)).toBe(5);
  expect(options.origin(severityOption).kind).toBe('default');
  expect(options.notices).toEqual([]);
});

test('a named file must be there', async () => {
  await expect(run({ config: 'nowhere.yaml' })).rejects.toThrowCode('DISK_NOT_FOUND');
});

test('the same file is not read twice, once with trust and once without', async () => {
  write('home/plimsoll/plimsoll.yaml', 'output: x\n');
  const options = await configure({
    options: allOptions,
    flags: [],
    environment: {},
    workingDirectory: join(root, 'home/plimsoll'),
    userDirectory: join(root, 'home'),
  });
  expect(options.notices).toEqual([]);
});

test('a directory of that name is no file, and one that is too large is refused', async () => {
  mkdirSync(join(root, 'work/plimsoll.yaml'), { recursive: true });
  write('work/trivy.yaml', `# ${'x'.repeat(300_000)}\n`);
  await expect(run()).rejects.toThrowCode('DISK_FILE_TOO_LARGE');
});
