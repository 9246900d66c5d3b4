import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, recordLog, recordSleep, silentProgress, temporaryDirectory } from '../../testkit/context.ts';
import { buildImage, buildIndex, descriptor, toBlob } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { makeFetch } from '../net/index.ts';
import { loadRemote } from '../oci/index.ts';
import { isAllDone, isAllPinned, type PinReport } from './outcome.ts';
import { type PinContext, type PinOptions, pinFiles } from './pin.ts';
import { fileKinds } from './registry.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const arm = buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' });
const other = buildImage({ layers: [[{ path: 'c' }]] });

function write(files: Readonly<Record<string, string | Buffer>>): string {
  const root = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function makeContext(parts: Partial<PinContext> = {}): Promise<PinContext> {
  const { makeRegistryClient } = await loadRemote();
  const clock = fixedClock('2026-11-24T00:00:00Z');
  const log = recordLog();
  const { sleep } = recordSleep();
  const client = makeRegistryClient({ fetch: makeFetch(), clock, log, sleep });
  return {
    clock,
    progress: silentProgress,
    sleep,
    registry: async () => client,
    fetch: async () => makeFetch(),
    ...parts,
  };
}

async function pin(
  root: string,
  options: Partial<PinOptions> = {},
  { targets = ['.'], context = {} }: { targets?: readonly string[]; context?: Partial<PinContext> } = {},
): Promise<PinReport> {
  const all: PinOptions = {
    workingDirectory: root,
    kinds: fileKinds.all,
    chosen: false,
    skipFiles: [],
    skipDirs: [],
    paths: {},
    mode: 'write',
    update: false,
    wait: 0,
    gitUrl: 'http://127.0.0.1:1',
    ...options,
  };
  return pinFiles(targets, all, await makeContext(context));
}

const states = ({ references }: PinReport): string[] =>
  references.map(({ path, line, state }) => `${path}:${line} ${state}`);

async function withApp(): Promise<TestRegistry> {
  const registry = await startRegistry();
  await registry.put('org/app', '1', image);
  return registry;
}

test('files are written in place, with their mode; what is pinned is told', async () => {
  const { host } = await withApp();
  const root = write({ 'a/Dockerfile': `# base\nFROM ${host}/org/app:1\n`, 'note.txt': `FROM ${host}/org/app:1\n` });
  chmodSync(join(root, 'a/Dockerfile'), 0o751);
  const report = await pin(root);
  expect(report).toEqual({
    files: 1,
    references: [
      {
        path: 'a/Dockerfile',
        line: 2,
        column: 6,
        kind: 'dockerfile',
        what: 'FROM',
        reference: `${host}/org/app:1`,
        state: 'unpinned',
        pin: image.manifest.digest,
      },
    ],
    problems: [],
    changed: [{ path: 'a/Dockerfile' }],
  });
  expect(readFileSync(join(root, 'a/Dockerfile'), 'utf8')).toBe(
    `# base\nFROM ${host}/org/app:1@${image.manifest.digest}\n`,
  );
  expect(statSync(join(root, 'a/Dockerfile')).mode & 0o777).toBe(0o751);
  expect(isAllPinned(await pin(root, { mode: 'check' }))).toBe(true);
});

test('a byte order mark and line ends stay', async () => {
  const { host } = await withApp();
  const root = write({ 'compose.yaml': `\u{feff}services:\r\n  a:\r\n    image: ${host}/org/app:1\r\n` });
  await pin(root);
  const expected = `\u{feff}services:\r\n  a:\r\n    image: ${host}/org/app:1@${image.manifest.digest}\r\n`;
  expect(readFileSync(join(root, 'compose.yaml'), 'utf8')).toBe(expected);
});

test('a check asks nobody and writes nothing', async () => {
  const root = write({ Dockerfile: 'FROM a:1\nFROM $X\n', 'compose.yaml': 'services: {a: {image: "b:1"}}' });
  const context = {
    registry: () => Promise.reject(new RangeError('asked')),
    fetch: () => Promise.reject(new RangeError('asked')),
  };
  const report = await pin(root, { mode: 'check' }, { context });
  expect(states(report)).toEqual(['Dockerfile:1 unpinned', 'Dockerfile:2 unpinnable', 'compose.yaml:1 unpinned']);
  expect(isAllPinned(report)).toBe(false);
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toContain('FROM a:1\n');
});

test('a comment keeps a reference as it is, in its line or in the one above', async () => {
  const root = write({
    Dockerfile: '# plimsoll pin: ignore\nFROM a:1\nFROM b:1\n',
    'compose.yaml':
      'services:\n  a:\n    image: a:1 # plimsoll pin: ignore (ours)\n  b:\n    # plimsoll pin: ignore\n    image: b:1\n    x: 1 # plimsoll pin: ignore\n  c: {image: c}\n',
    '.devcontainer/devcontainer.json': '{\n// plimsoll pin: ignore\n"image": "a"}',
  });
  expect(states(await pin(root, { mode: 'check' }))).toEqual([
    'Dockerfile:2 ignored',
    'Dockerfile:3 unpinned',
    'compose.yaml:3 ignored',
    'compose.yaml:6 ignored',
    'compose.yaml:8 unpinned',
    '.devcontainer/devcontainer.json:3 ignored',
  ]);
});

test('a comment keeps a whole file as it is, the syntax directive too', async () => {
  const root = write({
    Dockerfile: '# syntax=a/b:1\n# plimsoll pin: ignore-file\nFROM a:1\n',
    'b/Dockerfile': 'FROM a:1\nRUN echo "# plimsoll pin: ignore-file"\n',
  });
  expect(states(await pin(root, { mode: 'check' }))).toEqual([
    'Dockerfile:1 ignored',
    'Dockerfile:3 ignored',
    'b/Dockerfile:1 unpinned',
  ]);
});

test('an index is pinned as an index, or by platform', async () => {
  const registry = await startRegistry();
  const index = buildIndex([image, arm]);
  await registry.put('org/app', 'x', image);
  await registry.put('org/app', 'y', arm);
  await registry.putManifest('org/app', '1', index, []);
  const digestOf = async (options: Partial<PinOptions>): Promise<string | undefined> => {
    const root = write({ Dockerfile: `FROM ${registry.host}/org/app:1` });
    return (await pin(root, options)).references[0]?.pin;
  };
  expect(await digestOf({})).toBe(index.digest);
  expect(await digestOf({ platform: { os: 'linux', architecture: 'arm64' } })).toBe(arm.manifest.digest);
  const root = write({ Dockerfile: `FROM ${registry.host}/org/app:1` });
  const report = await pin(root, { platform: { os: 'linux', architecture: 's390x' } });
  expect(report.references[0]).toMatchObject({ state: 'failed', reason: expect.stringContaining('s390x') });
  expect(isAllDone(report)).toBe(false);
});

test('a single image is pinned for its own platform only; an artifact has none', async () => {
  const registry = await withApp();
  const config = toBlob(Buffer.from('{}'), 'application/vnd.example+json');
  const body = { schemaVersion: 2, config: descriptor(config), layers: [] };
  const artifact = toBlob(Buffer.from(JSON.stringify(body)), 'application/vnd.oci.image.manifest.v1+json');
  await registry.putManifest('org/artifact', '1', artifact, [config]);
  const stateFor = async (name: string, architecture: string): Promise<string | undefined> => {
    const root = write({ Dockerfile: `FROM ${registry.host}/org/${name}:1` });
    const { references } = await pin(root, { platform: { os: 'linux', architecture } });
    return references[0]?.code ?? references[0]?.pin;
  };
  expect(await stateFor('app', 'amd64')).toBe(image.manifest.digest);
  expect(await stateFor('app', 'arm64')).toBe('OCI_PLATFORM_NOT_FOUND');
  expect(await stateFor('artifact', 'arm64')).toBe(artifact.digest);
});

test('pins move to what their tags mean now, when asked', async () => {
  const registry = await withApp();
  const text = (digest: string): string => `FROM ${registry.host}/org/app:1@${digest}\n`;
  const root = write({ Dockerfile: text(image.manifest.digest) });
  await registry.put('org/app', '1', other);
  expect(states(await pin(root))).toEqual(['Dockerfile:1 pinned']);
  const checked = await pin(root, { mode: 'check', update: true });
  expect(checked.references).toMatchObject([{ state: 'outdated', pin: other.manifest.digest }]);
  expect(isAllPinned(checked)).toBe(false);
  expect(states(await pin(root, { update: true }))).toEqual(['Dockerfile:1 outdated']);
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe(text(other.manifest.digest));
  expect(states(await pin(root, { update: true }))).toEqual(['Dockerfile:1 pinned']);
});

test('pins of one tag that differ ask for it once', async () => {
  const registry = await withApp();
  const old = (digit: string): string => `FROM ${registry.host}/org/app:1@sha256:${digit.repeat(64)}\n`;
  const root = write({ Dockerfile: `FROM ${registry.host}/org/app:1\n${old('a')}${old('b')}` });
  expect(states(await pin(root, { update: true }))).toEqual([
    'Dockerfile:1 unpinned',
    'Dockerfile:2 outdated',
    'Dockerfile:3 outdated',
  ]);
  expect(registry.seen.filter(({ method }) => method === 'HEAD')).toHaveLength(1);
});

test('a digest without a tag follows nothing', async () => {
  const root = write({ Dockerfile: `FROM a@sha256:${'b'.repeat(64)}\n` });
  expect(states(await pin(root, { update: true }))).toEqual(['Dockerfile:1 pinned']);
});

test('a diff tells what would be written', async () => {
  const { host } = await withApp();
  const root = write({ 'a/Dockerfile': `FROM ${host}/org/app:1\nRUN x` });
  const { changed } = await pin(root, { mode: 'diff' });
  expect(changed).toEqual([
    {
      path: 'a/Dockerfile',
      diff: `--- a/a/Dockerfile\n+++ b/a/Dockerfile\n@@ -1,2 +1,2 @@\n-FROM ${host}/org/app:1\n+FROM ${host}/org/app:1@${image.manifest.digest}\n RUN x\n\\ No newline at end of file\n`,
    },
  ]);
  expect(readFileSync(join(root, 'a/Dockerfile'), 'utf8')).toBe(`FROM ${host}/org/app:1\nRUN x`);
});

test('what cannot be looked up leaves its place as it is, and the rest is written', async () => {
  const { host } = await withApp();
  const root = write({ Dockerfile: `FROM ${host}/org/app:none\nFROM ${host}/org/app:1\n` });
  const report = await pin(root);
  expect(report.references).toMatchObject([
    { state: 'failed', reason: expect.stringContaining('has no manifest none') },
    { state: 'unpinned' },
  ]);
  const expected = `FROM ${host}/org/app:none\nFROM ${host}/org/app:1@${image.manifest.digest}\n`;
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe(expected);
});

test('a registry that asks to wait is not asked for the rest', async () => {
  const headers = { 'retry-after': '3600' };
  const registry = await startRegistry({ faults: [{ match: /^HEAD/, act: { kind: 'status', status: 429, headers } }] });
  const lines = Array.from({ length: 50 }, (_, n) => `FROM ${registry.host}/app:${n}\n`);
  const report = await pin(write({ Dockerfile: lines.join('') }));
  expect(new Set(report.references.map(({ code }) => code))).toEqual(new Set(['OCI_RATE_LIMITED']));
  expect(registry.seen.filter(({ method }) => method === 'HEAD').length).toBeLessThanOrEqual(8);
});

test('files that cannot be judged are problems', async () => {
  const root = write({
    'compose.yaml': 'services: [',
    Dockerfile: Buffer.from([0x46, 0xff, 0xfe]),
    'big/values.yaml': Buffer.alloc(8 * 2 ** 20 + 1, '#'),
    'notes.txt': 'FROM a',
    'other.yaml': 'image: a\n',
  });
  const { problems } = await pin(root, { mode: 'check' }, { targets: ['.', 'notes.txt', 'none', 'other.yaml'] });
  expect(problems.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
    'Dockerfile PIN_FILE_INVALID',
    'big/values.yaml DISK_FILE_TOO_LARGE',
    'compose.yaml PIN_FILE_INVALID',
    'none DISK_NOT_FOUND',
    'notes.txt PIN_KIND_UNKNOWN',
    'other.yaml PIN_KIND_UNKNOWN',
  ]);
});

test('one kind that was chosen is that of every named file', async () => {
  const root = write({ 'base.txt': 'FROM a:1\n', 'compose.yaml': 'services: {a: {image: b}}' });
  const kinds = fileKinds.all.filter(({ id }) => id === 'dockerfile');
  const report = await pin(root, { mode: 'check', kinds, chosen: true }, { targets: ['base.txt', '.'] });
  expect(states(report)).toEqual(['base.txt:1 unpinned']);
});

test('documents of several systems in one file, and places that stand for two references', async () => {
  const root = write({
    'ci.yaml':
      'apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: "a:1"}]}\n---\napiVersion: v1\nkind: Pod\nspec: {containers: [{image: "b:1"}]}\n',
    'values.yaml': 'one: {repository: a, tag: &t "1"}\ntwo: {repository: b, tag: *t}\n',
  });
  const { references } = await pin(root, { mode: 'check' });
  expect(references.map(({ kind, reference, state }) => [kind, reference, state])).toEqual([
    ['tekton', 'a:1', 'unpinned'],
    ['kubernetes', 'b:1', 'unpinned'],
    ['helm', 'one', 'unpinnable'],
  ]);
});

test('directories and files that are left out', async () => {
  const files = ['Dockerfile', 'a/Dockerfile', 'node_modules/x/Dockerfile', '.git/Dockerfile', 'b/Dockerfile'];
  const root = write(Object.fromEntries(files.map((path) => [path, 'FROM a'])));
  const report = await pin(
    root,
    { mode: 'check', skipDirs: ['a'], skipFiles: ['b/Dockerfile'] },
    { targets: ['.', 'Dockerfile'] },
  );
  expect(report.references.map(({ path }) => path)).toEqual(['Dockerfile']);
});

test('links are not searched, and a named one must not lead out of its directory', async () => {
  const outside = write({ Dockerfile: 'FROM a\n' });
  const root = write({ 'real/Dockerfile': 'FROM a\n' });
  symlinkSync(join(outside, 'Dockerfile'), join(root, 'Dockerfile'));
  symlinkSync(outside, join(root, 'elsewhere'));
  expect(states(await pin(root, { mode: 'check' }))).toEqual(['real/Dockerfile:1 unpinned']);
  const { problems } = await pin(root, {}, { targets: ['Dockerfile'] });
  expect(problems).toMatchObject([{ path: 'Dockerfile', code: 'DISK_OUTSIDE_ROOT' }]);
  expect(readFileSync(join(outside, 'Dockerfile'), 'utf8')).toBe('FROM a\n');
});

test('a file that somebody changes meanwhile is left', async () => {
  const { host } = await withApp();
  const root = write({ Dockerfile: `FROM ${host}/org/app:1\n` });
  const { registry } = await makeContext();
  const context = {
    registry: async () => {
      writeFileSync(join(root, 'Dockerfile'), 'FROM changed\n');
      return registry();
    },
  };
  const report = await pin(root, {}, { context });
  expect(report.problems).toMatchObject([{ path: 'Dockerfile', code: 'DISK_FILE_CHANGED' }]);
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM changed\n');
});

test('a run that is stopped writes nothing', async () => {
  const root = write({ Dockerfile: 'FROM a:1\n' });
  const stopped = pin(root, {}, { context: { signal: AbortSignal.abort(new RangeError('stopped')) } });
  await expect(stopped).rejects.toThrow('stopped');
});

test('a thousand references in two hundred files: each distinct one is asked for once, by HEAD', async () => {
  const registry = await startRegistry();
  for (let tag = 0; tag < 40; tag++) await registry.put('org/app', `v${tag}`, image);
  const line = (n: number): string => `FROM ${registry.host}/org/app:v${n % 40}\n`;
  const file = (n: number): string => Array.from({ length: 5 }, (_, i) => line(n * 5 + i)).join('');
  const root = write(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`d${n}/Dockerfile`, file(n)])));
  const report = await pin(root);
  expect(report.references).toHaveLength(1000);
  expect(report.changed).toHaveLength(200);
  const asked = registry.seen.map(({ method, path }) => `${method} ${path}`);
  expect(asked.filter((request) => !request.startsWith('HEAD'))).toEqual([]);
  expect(asked).toHaveLength(40);
  expect(new Set(asked).size).toBe(40);
});
