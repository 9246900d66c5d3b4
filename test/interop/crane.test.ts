import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { parseImageReference } from '../../src/core/index.ts';
import { loadRegistryServer } from '../../src/oci/index.ts';
import { testClient } from '../../testkit/client.ts';
import { recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { startDockerRegistry } from '../../testkit/docker-registry.ts';
import { makeHost } from '../../testkit/host.ts';
import {
  type BuiltBlob,
  type BuiltImage,
  blobsOf,
  buildImage,
  buildIndex,
  digestOf,
  dockerArchiveFiles,
  type LayerSpec,
  layoutFiles,
  toBlob,
  writeTree,
} from '../../testkit/image.ts';
import { hasPeer, type PeerResult, runPeer } from '../../testkit/peer.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { buildTar } from '../../testkit/tar.ts';

/** Every command answers as crane 0.22.1 does, byte for byte on the standard output and in the exit code. */
const isThere = (await hasPeer('crane')) && (await hasPeer('docker-registry'));

const layers = [
  [
    { path: 'etc/', type: 'directory' as const },
    { path: 'etc/a', content: 'x'.repeat(50_000) },
  ],
  [{ path: 'b' }],
];
const images = {
  amd64: buildImage({ layers }),
  arm64: buildImage({ layers: [...layers, [{ path: 'c', content: 'arm' }]], architecture: 'arm64', packing: 'zstd' }),
  docker: buildImage({ layers, docker: true }),
};
const index = buildIndex([images.amd64, images.arm64]);

const registries: readonly (readonly [name: string, start: () => Promise<string>])[] = [
  ["Debian's docker-registry", startDockerRegistry],
  ['the embedded registry', startOurs],
];

async function startOurs(): Promise<string> {
  const { serveRegistry } = await loadRegistryServer();
  const server = await serveRegistry({ log: recordLog(), directory: temporaryDirectory() });
  onTestFinished(() => server.close());
  return server.host;
}

/** A registry with images of each kind. */
async function filled(start: () => Promise<string>): Promise<string> {
  const host = await start();
  await put(host, 'org/app', 'index', index, [images.amd64, images.arm64]);
  await put(host, 'org/app', 'single', images.amd64.manifest, [images.amd64]);
  await put(host, 'org/app', `sha256-${images.docker.manifest.digest.slice(7)}`, images.docker.manifest, [
    images.docker,
  ]);
  await put(host, 'org/app', 'arm', images.arm64.manifest, [images.arm64]);
  await put(host, 'org/other', 'docker', images.docker.manifest, [images.docker]);
  return host;
}

async function put(
  host: string,
  name: string,
  tag: string,
  top: BuiltBlob,
  children: readonly BuiltImage[],
): Promise<void> {
  const repository = testClient().repository(parseImageReference(`${host}/${name}`));
  for (const { config, layers: blobs, manifest } of children) {
    for (const { digest, bytes } of [config, ...blobs]) {
      await repository.pushBlob({ digest: digest as `sha256:${string}`, size: bytes.length, open: () => bytes });
    }
    await repository.pushManifest({ reference: manifest.digest, bytes: manifest.bytes, mediaType: manifest.mediaType });
  }
  await repository.pushManifest({ reference: tag, bytes: top.bytes, mediaType: top.mediaType });
}

interface Use {
  readonly input?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

async function ours(args: readonly string[], { input, environment = {}, cwd = temporaryDirectory() }: Use = {}) {
  const host = makeHost(args, {
    programName: 'crane',
    environment: { HOME: temporaryDirectory(), ...environment },
    workingDirectory: cwd,
    stdin: async function* () {
      if (input !== undefined) yield input;
    },
  });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.bytes(), stderr: host.stderr.text() };
}

/** Real crane with logins of its own. */
function theirs(args: readonly string[], { environment = {}, ...use }: Use = {}): Promise<PeerResult> {
  return runPeer('crane', args, { ...use, environment: { DOCKER_CONFIG: temporaryDirectory(), ...environment } });
}

/** What both answer, when it is the same. */
async function sameAnswer(args: readonly string[], use: Use = {}): Promise<{ code: number | null; stdout: string }> {
  const [real, mine] = await Promise.all([theirs(args, use), ours(args, use)]);
  const said = (result: { code: number | null; stdout: Buffer }): object => ({
    code: result.code,
    stdout: result.stdout.toString('latin1'),
  });
  expect(said(mine), `${args.join(' ')}: ${mine.stderr} / ${real.stderr}`).toEqual(said(real));
  return { code: mine.code, stdout: mine.stdout.toString('utf8') };
}

test.runIf(isThere).each(registries)('reading from %s', { timeout: 120_000 }, async (_, start) => {
  const host = await filled(start);
  const { amd64, arm64 } = images;
  const questions: readonly (readonly string[])[] = [
    ['digest', `${host}/org/app:index`],
    ['digest', `${host}/org/app:single`],
    ['digest', '--full-ref', `${host}/org/app:index`],
    ['digest', '--full-ref', `${host}/org/app:index@${amd64.manifest.digest}`],
    ['digest', '--platform', 'linux/arm64', `${host}/org/app:index`],
    ['digest', '--platform=all', `${host}/org/app:index`],
    ['digest', '--platform', 'linux/s390x', `${host}/org/app:index`],
    ['digest', '--platform', 'linux/s390x', `${host}/org/app:single`],
    ['digest', `${host}/org/app:none`],
    ['digest', `${host}/none`],
    ['manifest', `${host}/org/app:index`],
    ['manifest', '--platform', 'linux/arm64', `${host}/org/app:index`],
    ['manifest', `${host}/org/app@${arm64.manifest.digest}`],
    ['manifest', `${host}/org/other:docker`],
    ['manifest', `${host}/org/app:none`],
    ['--platform', 'linux/arm64', 'manifest', `${host}/org/app:index`],
    ['config', `${host}/org/app:index`],
    ['config', '--platform', 'linux/arm64', `${host}/org/app:index`],
    ['config', `${host}/org/other:docker`],
    ['config', `${host}/org/app:none`],
    ['ls', `${host}/org/app`],
    ['ls', '-O', `${host}/org/app`],
    ['ls', '--omit-digest-tags', '--full-ref', `${host}/org/app`],
    ['ls', `${host}/none`],
    ['catalog', host],
    ['catalog', '--full-ref', host],
    ['blob', `${host}/org/app@${amd64.layers[0]?.digest}`],
    ['blob', `${host}/org/app@sha256:${'0'.repeat(64)}`],
    ['blob', `${host}/org/app:single`],
    ['ls'],
    ['ls', 'a', 'b'],
    ['digest', '--no-such-flag', 'a'],
    ['no-such-command'],
  ];
  const codes = new Set<number | null>();
  for (const question of questions) codes.add((await sameAnswer(question)).code);
  expect([...codes].sort()).toEqual([0, 1]);
});

test.runIf(isThere).each(registries)('tagging in and deleting from %s', { timeout: 120_000 }, async (_, start) => {
  const host = await filled(start);
  const run = async (tool: typeof ours | typeof theirs, ...args: string[]): Promise<unknown[]> => {
    const { code, stdout } = await tool(args);
    return [code, stdout.toString()];
  };
  for (const tool of [ours, theirs]) {
    const name = tool === ours ? 'ours' : 'theirs';
    expect(await run(tool, 'tag', `${host}/org/app:index`, name)).toEqual([0, '']);
    expect(await run(tool, 'tag', `${host}/org/app:none`, name)).toEqual([1, '']);
    expect(await run(tool, 'tag', `${host}/org/app:index`, 'not/a/tag')).toEqual([1, '']);
    expect(await run(theirs, 'digest', `${host}/org/app:${name}`)).toEqual([0, `${index.digest}\n`]);
  }
  const digest = images.docker.manifest.digest;
  const listed = async (): Promise<string> => (await sameAnswer(['ls', `${host}/org/other`])).stdout;
  const before = await listed();
  expect(await run(ours, 'delete', `${host}/org/other@${digest}`)).toEqual([0, '']);
  expect((await sameAnswer(['digest', `${host}/org/other@${digest}`])).code).toBe(1);
  for (const gone of [`${host}/org/other@${digest}`, `${host}/org/other:none`, `${host}/none:1`]) {
    expect((await sameAnswer(['delete', gone])).code).toBe(1);
  }
  await put(host, 'org/other', 'docker', images.docker.manifest, [images.docker]);
  expect(await listed()).toBe(before);
});

test.runIf(isThere)('through a mirror rule as well', async () => {
  const host = await filled(startDockerRegistry);
  const file = join(temporaryDirectory(), 'plimsoll.yaml');
  writeFileSync(file, `registry:\n  mirrors:\n    ghcr.io/org: ["${host}/org"]\n`);
  for (const command of [['digest'], ['manifest'], ['config'], ['digest', '--platform', 'linux/arm64']]) {
    const direct = await theirs([...command, `${host}/org/app:index`]);
    const mirrored = await ours(['--config', file, ...command, 'ghcr.io/org/app:index']);
    expect([mirrored.code, mirrored.stdout.toString()]).toEqual([0, direct.stdout.toString()]);
  }
});

/** What a registry holds of an image, however it came there. */
async function held(reference: string): Promise<string> {
  await theirs(['validate', '--remote', reference]);
  return (await theirs(['manifest', reference])).stdout.toString();
}

test.runIf(isThere).each(registries)('copying in and to %s', { timeout: 120_000 }, async (_, start) => {
  const [from, to] = [await filled(start), await start()];
  const targets = [`${from}/copied/app`, `${to}/copied/app`];
  for (const [at, target] of targets.entries()) {
    for (const [tool, name] of [
      [ours, 'ours'],
      [theirs, 'theirs'],
    ] as const) {
      const run = async (...args: string[]): Promise<unknown[]> => {
        const { code, stdout } = await tool(args);
        return [code, stdout.toString()];
      };
      const app = `${from}/org/app`;
      expect(await run('copy', `${app}:index`, `${target}-${name}:index`)).toEqual([0, '']);
      expect(await run('cp', '--platform', 'linux/arm64', `${app}:index`, `${target}-${name}:arm`)).toEqual([0, '']);
      expect(await run('copy', '-n', `${app}:single`, `${target}-${name}:index`)).toEqual([1, '']);
      expect(await run('copy', '-n', `${app}:single`, `${target}-${name}:single`)).toEqual([0, '']);
      expect(await run('copy', `${app}@${index.digest}`, `${target}-${name}@${index.digest}`)).toEqual([0, '']);
      expect(await run('copy', `${app}:none`, `${target}-${name}:none`)).toEqual([1, '']);
      expect(await run('copy', '-a', '-j', '2', `${from}/org/app`, `${target}-all-${name}`)).toEqual([0, '']);
      expect(await run('copy', '-a', '-n', `${from}/org/app`, `${target}-${name}`)).toEqual([0, '']);
      expect(await held(`${target}-${name}:arm`), `${at}`).toBe(images.arm64.manifest.bytes.toString());
    }
    for (const command of [
      ['ls', `${target}-all-NAME`],
      ['ls', `${target}-NAME`],
      ['manifest', `${target}-all-NAME:index`],
      ['manifest', `${target}-NAME:index`],
    ]) {
      const [mine, real] = await Promise.all(
        ['ours', 'theirs'].map((name) => theirs(command.map((word) => word.replace('NAME', name)))),
      );
      expect(mine?.stdout.toString()).toBe(real?.stdout.toString());
      expect(mine?.code).toBe(0);
    }
  }
});

/** Files to push, as tools write them. */
function files(): Record<'packed' | 'plain' | 'two' | 'one' | 'several' | 'nested', string> {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  const { amd64, arm64, docker } = images;
  const archives = {
    packed: [{ image: docker, repoTags: ['app:1'], packed: true }],
    plain: [{ image: docker, repoTags: ['app:1'] }],
    two: [
      { image: amd64, repoTags: ['a:1'], packed: true },
      { image: docker, repoTags: ['docker.io/library/b:latest'], packed: true },
    ],
  };
  for (const [name, archive] of Object.entries(archives)) {
    writeFileSync(at(`${name}.tar`), buildTar(dockerArchiveFiles(archive)));
  }
  writeTree(at('one'), layoutFiles([{ blob: amd64.manifest }], blobsOf(amd64)));
  const both = [...blobsOf(amd64), ...blobsOf(arm64)];
  writeTree(at('several'), layoutFiles([{ blob: amd64.manifest }, { blob: arm64.manifest }], both));
  writeTree(at('nested'), layoutFiles([{ blob: index }], [...both, index]));
  const tar = (name: string): string => at(`${name}.tar`);
  return {
    packed: tar('packed'),
    plain: tar('plain'),
    two: tar('two'),
    one: at('one'),
    several: at('several'),
    nested: at('nested'),
  };
}

/** An archive that tells where its layers lie, as Docker 25 writes it. */
function sourced(): string {
  const { docker } = images;
  const sources = docker.layers.map(({ digest, bytes }, at) => {
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
    return [
      digestOf(docker.tars[at] ?? bytes),
      { mediaType, size: bytes.length, digest, annotations: { b: '<', a: '1' } },
    ];
  });
  const edited = dockerArchiveFiles([{ image: docker, repoTags: ['app:1'], packed: true }]).map((file) => {
    if (file.path !== 'manifest.json') return file;
    const [listed] = JSON.parse(String(file.content));
    return { ...file, content: JSON.stringify([{ ...listed, LayerSources: Object.fromEntries(sources) }]) };
  });
  const path = join(temporaryDirectory(), 'sourced.tar');
  writeFileSync(path, buildTar(edited));
  return path;
}

test.runIf(isThere).each(registries)('pushing to %s', { timeout: 120_000 }, async (_, start) => {
  const host = await start();
  const paths = files();
  const refs = join(temporaryDirectory(), 'refs');
  for (const [index_, [args, code]] of (
    [
      [[paths.packed], 0],
      [[paths.one], 0],
      [[paths.nested], 0],
      [['--index', paths.several], 0],
      [['--index', paths.nested], 0],
      [[paths.several], 1],
      [[paths.two], 1],
      [[join(paths.one, 'index.json')], 1],
      [['/nowhere/at/all'], 1],
      [['--image-refs', refs, paths.one], 0],
    ] as const
  ).entries()) {
    const answer = await sameAnswer(['push', ...args, `${host}/pushed/app:${index_}`]);
    expect([args, answer.code]).toEqual([args, code]);
    const mine = await ours(['push', ...args, `${host}/ours/app:${index_}`]);
    expect(mine.code).toBe(code);
    if (code === 0) expect(await held(`${host}/ours/app:${index_}`)).toBe(await held(`${host}/pushed/app:${index_}`));
  }
  expect(readFileSync(refs, 'utf8')).toMatch(/ours\/app@sha256:[0-9a-f]{64}$/);
  await sameAnswer(['push', sourced(), `${host}/pushed/app:sourced`]);
  await sameAnswer(['digest', '--tarball', sourced()]);
  // Go and zlib pack differently, so that only what was unpacked is the same.
  for (const tool of [ours, theirs]) expect((await tool(['push', paths.plain, `${host}/plain/app:1`])).code).toBe(0);
  expect((await theirs(['validate', '--remote', `${host}/plain/app:1`])).code).toBe(0);
  for (const args of [[paths.packed], [paths.packed, 'app:1'], [paths.two, 'b'], [paths.two, 'c'], [paths.two]]) {
    await sameAnswer(['digest', '--tarball', ...args]);
  }
});

/** All files below a directory, with their digests. */
function tree(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length), digestOf(readFileSync(path))]));
}

test.runIf(isThere).each(registries)('pulling from %s', { timeout: 240_000 }, async (_, start) => {
  const host = await filled(start);
  const both = async (args: readonly string[], ...names: string[]): Promise<[string, string]> => {
    const paths: [string, string] = [join(temporaryDirectory(), 'pulled'), join(temporaryDirectory(), 'pulled')];
    const codes = await Promise.all([
      ours(['pull', ...args, ...names, paths[0]]),
      theirs(['pull', ...args, ...names, paths[1]]),
    ]);
    expect(
      codes.map(({ code }) => code),
      `${args.join(' ')} ${codes[0].stderr}`,
    ).toEqual([0, 0]);
    return paths;
  };
  const { amd64 } = images;
  const names = [
    [`${host}/org/app:index`],
    [`${host}/org/app:single`],
    [`${host}/org/other:docker`],
    [`${host}/org/app@${amd64.manifest.digest}`],
    [`${host}/org/app:single@${amd64.manifest.digest}`],
    ['--platform', 'linux/arm64', `${host}/org/app:index`],
  ];
  for (const words of names) {
    for (const format of [[], ['--format', 'legacy']]) {
      const [mine, real] = await both([...format, ...words.slice(0, -1)], words.at(-1) ?? '');
      expect(readFileSync(mine).equals(readFileSync(real)), [...format, ...words].join(' ')).toBe(true);
    }
    for (const format of [
      ['--format', 'oci'],
      ['--format=oci', '--annotate-ref'],
    ]) {
      const [mine, real] = await both([...format, ...words.slice(0, -1)], words.at(-1) ?? '');
      expect(tree(mine), [...format, ...words].join(' ')).toEqual(tree(real));
      expect(readFileSync(join(mine, 'index.json'), 'utf8')).toBe(readFileSync(join(real, 'index.json'), 'utf8'));
    }
  }
  const several = [`${host}/org/app:arm`, `${host}/org/other:docker`];
  const [mine, real] = await both(['--format', 'legacy'], ...several);
  expect(readFileSync(mine).equals(readFileSync(real))).toBe(true);
  // crane writes several images in any order.
  const [tar, theirTar] = await both([], ...several);
  const list = (path: string): Promise<PeerResult> => runPeer('tar', ['tf', path]);
  const sorted = async (path: string): Promise<string[]> => (await list(path)).stdout.toString().split('\n').sort();
  expect(await sorted(tar)).toEqual(await sorted(theirTar));
  expect((await sameAnswer(['digest', '--tarball', tar, several[1] ?? ''])).code).toBe(0);
  const wrong = await sameAnswer([
    'pull',
    '--format',
    'zip',
    `${host}/org/app:single`,
    join(temporaryDirectory(), 'x'),
  ]);
  expect(wrong.code).toBe(1);
  expect((await sameAnswer(['pull', `${host}/org/app:none`, join(temporaryDirectory(), 'x')])).code).toBe(1);
});

test.runIf(isThere)('each tool takes layers from the cache that the other has filled', async () => {
  const host = await filled(startDockerRegistry);
  for (const [first, second] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    const cache = temporaryDirectory();
    const path = join(temporaryDirectory(), 'pulled.tar');
    const args = ['pull', '--cache_path', cache, `${host}/org/app:single`, path];
    expect((await first(args)).code).toBe(0);
    const kept = tree(cache);
    const written = readFileSync(path);
    expect((await second(args)).code).toBe(0);
    expect(tree(cache)).toEqual(kept);
    expect(readFileSync(path).equals(written)).toBe(true);
  }
});

/** Layers with all that a file system may hold, and whiteouts of every kind above. */
function richImage(packing: 'gzip' | 'zstd'): BuiltImage {
  const long = `deep/${'d'.repeat(90)}/${'f'.repeat(90)}`;
  const base: LayerSpec = [
    { path: './', type: 'directory', mode: 0o755 },
    { path: './etc/', type: 'directory', mode: 0o755 },
    { path: './etc/passwd', content: 'root' },
    { path: './etc/gone', content: 'gone' },
    { path: 'opaque/', type: 'directory' },
    { path: 'opaque/old', content: 'old' },
    { path: 'replaced/', type: 'directory' },
    { path: 'replaced/child', content: 'child' },
    { path: 'bin', type: 'symlink', linkPath: 'usr/bin' },
    { path: 'usr/bin/', type: 'directory' },
    { path: 'usr/bin/tool', content: Buffer.alloc(70_000, 7), mode: 0o4755 },
    { path: 'usr/bin/same', type: 'hardlink', linkPath: 'usr/bin/tool' },
    { path: 'dev/null', type: 'character' },
    { path: 'dev/pipe', type: 'fifo' },
    { path: long, content: 'long', format: 'pax' },
    { path: `${long}-gnu`, content: 'long', format: 'gnu' },
    {
      path: 'lïnk',
      type: 'symlink',
      linkPath: '/ünicode',
      format: 'pax',
      pax: [
        ['path', 'lïnk'],
        ['linkpath', '/ünicode'],
      ],
    },
    { path: 'out', type: 'symlink', linkPath: '../../outside' },
    {
      path: 'times',
      content: 't',
      pax: [
        ['mtime', '1350244992.023960100'],
        ['atime', '1350244992.5'],
        ['ctime', '12'],
      ],
    },
    {
      path: 'attributes',
      content: 'a',
      pax: [
        ['SCHILY.xattr.user.mime', 'text'],
        ['uid', '3000000'],
        ['gname', 'gröup'],
      ],
    },
    { path: 'empty', content: '' },
  ];
  const upper: LayerSpec = [
    { path: 'etc/.wh.gone', content: '' },
    { path: 'opaque/.wh..wh..opq', content: '' },
    { path: 'opaque/new', content: 'new' },
    { path: 'replaced', content: 'a file now' },
    { path: 'etc/passwd', content: 'root and me' },
    { path: 'etc/', type: 'directory', mode: 0o700 },
  ];
  return buildImage({ layers: [base, upper, [{ path: '.wh.empty', content: '' }]], packing });
}

test.runIf(isThere).each(registries)('exporting from %s', { timeout: 120_000 }, async (_, start) => {
  const host = await filled(start);
  for (const packing of ['gzip', 'zstd'] as const) {
    const rich = richImage(packing);
    await put(host, 'org/rich', packing, rich.manifest, [rich]);
    expect((await sameAnswer(['export', `${host}/org/rich:${packing}`, '-'])).code).toBe(0);
  }
  for (const args of [
    [`${host}/org/app:index`],
    [`${host}/org/app:index`, '-'],
    ['--platform', 'linux/arm64', `${host}/org/app:index`, '-'],
    [`${host}/org/app:none`, '-'],
  ]) {
    await sameAnswer(['export', ...args]);
  }
  const { packed, plain, two } = files();
  for (const path of [packed, plain, two]) await sameAnswer(['export', '-', '-'], { input: readFileSync(path) });
  const [mine, real] = [join(temporaryDirectory(), 'a.tar'), join(temporaryDirectory(), 'a.tar')];
  await ours(['export', `${host}/org/rich:gzip`, mine]);
  await theirs(['export', `${host}/org/rich:gzip`, real]);
  expect(readFileSync(mine).equals(readFileSync(real))).toBe(true);
});

test.runIf(isThere).each(registries)('validating in %s', { timeout: 120_000 }, async (_, start) => {
  const host = await filled(start);
  const { packed, plain, two } = files();
  const swapped = images.amd64.config.bytes.toString().replace(/sha256:[0-9a-f]{64}/, images.arm64.config.digest);
  const config = toBlob(Buffer.from(swapped), images.amd64.config.mediaType);
  const body = JSON.parse(images.amd64.manifest.bytes.toString());
  const text = JSON.stringify({
    ...body,
    config: { ...body.config, digest: config.digest, size: config.bytes.length },
  });
  const wrong = { ...images.amd64, config, manifest: toBlob(Buffer.from(text), images.amd64.manifest.mediaType) };
  await put(host, 'org/wrong', '1', wrong.manifest, [wrong]);
  const gzipped = buildIndex([images.amd64, buildImage({ layers, architecture: 'arm64' })]);
  await put(host, 'org/app', 'gzipped', gzipped, [images.amd64, buildImage({ layers, architecture: 'arm64' })]);
  const codes = [];
  for (const args of [
    [],
    ['--remote', `${host}/org/app:single`],
    ['--remote', `${host}/org/app:gzipped`],
    ['--remote', `${host}/org/other:docker`],
    ['--fast', '--remote', `${host}/org/app:index`],
    ['--platform', 'linux/amd64', '--remote', `${host}/org/app:index`],
    ['--tarball', packed],
    ['--tarball', plain],
    ['--tarball', packed, '--fast', '--remote', `${host}/org/app:single`],
    ['--remote', `${host}/org/app:none`],
    ['--remote', `${host}/org/wrong:1`],
    ['--tarball', two],
  ]) {
    codes.push((await sameAnswer(['validate', ...args])).code);
  }
  expect(codes).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
  // crane reads gzip alone; what is packed with zstd is no less well-formed.
  expect((await ours(['validate', '--remote', `${host}/org/app:index`])).code).toBe(0);
});

test.runIf(isThere)('logins are stored, found, printed and forgotten alike', async () => {
  const use = async (tool: typeof ours | typeof theirs, directory: string, args: readonly string[], input = '') => {
    const environment = { DOCKER_CONFIG: directory };
    const { code, stdout } = await tool(['auth', ...args], { environment, input: Buffer.from(input) });
    const path = join(directory, 'config.json');
    const file = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
    return { code, stdout: stdout.toString(), auths: file?.auths ?? {} };
  };
  const directories = [temporaryDirectory(), temporaryDirectory()] as const;
  const steps: readonly (readonly [readonly string[], string?])[] = [
    [['get', 'reg.example.com']],
    [['login', 'reg.example.com', '-u', 'me', '-p', 'hunter2']],
    [['login', 'reg.example.com:5000', '--username', 'you', '--password-stdin'], 'a<b>&c\n'],
    [['login', 'docker.io', '-u', 'hub', '-p', 'secret']],
    [['login', 'index.docker.io', '-u', 'hub', '-p', 'other']],
    [['login', 'reg.example.com']],
    [['login']],
    [['get', 'reg.example.com']],
    [['get'], 'reg.example.com:5000\n'],
    [['get', 'docker.io']],
    [['get', 'index.docker.io']],
    [['get', 'other.example.com']],
    [['logout', 'reg.example.com']],
    [['logout', 'reg.example.com']],
    [['get', 'reg.example.com']],
    [['logout']],
  ];
  const codes = new Set<number | null>();
  for (const [args, input] of steps) {
    const [mine, real] = [await use(ours, directories[0], args, input), await use(theirs, directories[1], args, input)];
    expect(mine, args.join(' ')).toEqual(real);
    codes.add(mine.code);
  }
  expect([...codes].sort()).toEqual([0, 1]);
  // Each reads what the other has written.
  expect(await use(theirs, directories[0], ['get', 'docker.io'])).toEqual(
    await use(ours, directories[1], ['get', 'docker.io']),
  );
});

test.runIf(isThere)('tokens are asked for alike', async () => {
  const registry = await startRegistry({ auth: { kind: 'token', username: 'me', password: 'hunter2' } });
  const directory = temporaryDirectory();
  const environment = { DOCKER_CONFIG: directory };
  expect((await sameAnswer(['auth', 'token', `${registry.host}/org/app`], { environment })).code).toBe(1);
  await ours(['auth', 'login', registry.host, '-u', 'me', '-p', 'hunter2'], { environment });
  const wishes = [
    [],
    ['-H'],
    ['--push', '--header'],
    ['--push', '-m', `${registry.host}/org/base`, '--mount', `${registry.host}/org/other`],
  ];
  for (const wish of wishes) {
    const before = registry.seen.length;
    expect((await sameAnswer(['auth', 'token', ...wish, `${registry.host}/org/app`], { environment })).code).toBe(0);
    const scopes = registry.seen.slice(before).flatMap(({ path }) => {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      return pathname === '/token' ? [searchParams.getAll('scope').join(' ')] : [];
    });
    expect(scopes).toHaveLength(2);
    expect(scopes[0]).toBe(scopes[1]);
  }
  expect((await sameAnswer(['auth', 'token', `${await startOurs()}/org/app`])).code).toBe(1);
});
