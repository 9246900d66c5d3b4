import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { parseImageReference } from '../../src/core/index.ts';
import type { RemoteRepository } from '../../src/oci/index.ts';
import { testClient } from '../../testkit/client.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startDockerRegistry } from '../../testkit/docker-registry.ts';
import { makeHost } from '../../testkit/host.ts';
import { type BuiltBlob, type BuiltImage, buildImage, buildIndex, digestOf } from '../../testkit/image.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { buildTar } from '../../testkit/tar.ts';

/**
 * What crane 0.22.1 makes of an image, we make of it: the same digest, whose manifest and configuration are then the same
 * byte for byte. Layers that were packed on the way differ, as Go's gzip is another than zlib's: there, all but the packed
 * digest and size is compared.
 */
const isThere = (await hasPeer('crane')) && (await hasPeer('docker-registry'));

const layers = [
  [
    { path: 'etc/', type: 'directory' as const },
    { path: 'etc/a', content: 'x'.repeat(50_000) },
  ],
  [{ path: 'b', content: 'b' }],
];

/** All that Go's JSON writes in its own way. */
const config = {
  created: '2026-01-02T03:04:05.600+00:00',
  author: 'A <a@example.com> & "B"\u2028\u{1f600}',
  'os.version': '1.2',
  variant: 'v8',
  unknown: { dropped: true },
  config: {
    Env: ['PATH=/bin', 'A=1', 'EMPTY='],
    Cmd: ['sh', '-c', 'echo "<hi>" && exit'],
    Labels: { z: '1', a: '<&>', '10': 'ten', '9': 'nine', é: 'x', ['__proto__']: 'own' },
    ExposedPorts: { '80/tcp': {}, '443/tcp': { extra: 1 } },
    Volumes: {},
    Healthcheck: { Test: ['CMD', 'true'], Interval: 30_000_000_000, StartInterval: 5 },
    Entrypoint: null,
    StopSignal: 'SIGTERM',
    WorkingDir: '/',
    OnBuild: [],
  },
  history: [
    { created: '2026-01-02T03:04:05.123456789+02:00', created_by: '/bin/sh -c #(nop) ADD <file>', comment: 'c\tx' },
    { created_by: 'ENV A=1', empty_layer: true },
    { created_by: 'COPY b' },
  ],
};

const images = {
  amd64: buildImage({ layers, document: config }),
  arm64: buildImage({ layers: [...layers, [{ path: 'c' }]], architecture: 'arm64', packing: 'zstd' }),
  docker: buildImage({ layers, docker: true, document: { config: {} } }),
  windows: buildImage({ layers, os: 'windows', document: { config: { Env: ['Path=C:\\'] } } }),
};
const index = buildIndex([images.amd64, images.arm64]);

const below = [{ path: 'base', content: '1' }];
const above = [{ path: 'app', content: 'app' }];
const step = (created_by: string, parts: object = {}): object => ({
  created_by,
  created: '2026-01-01T00:00:00Z',
  ...parts,
});
const bases = {
  base1: buildImage({ layers: [below], document: { history: [step('one'), step('env', { empty_layer: true })] } }),
  base2: buildImage({
    layers: [[{ path: 'base', content: '2' }], [{ path: 'more' }]],
    document: { 'os.version': '2', variant: 'v1', author: 'a', history: [step('two'), step('more')] },
  }),
  built: buildImage({
    layers: [below, above, above],
    document: {
      author: 'me',
      config: { Cmd: ['app'], Labels: { '<a>': 'b' } },
      history: [step('one'), step('env', { empty_layer: true }), step('label', { empty_layer: true }), step('app')],
    },
  }),
  odd: buildImage({ layers: [below, above], document: { rootfs: { type: 'layers', diff_ids: [] } } }),
};

/** All kinds of entries, whiteouts among them. */
const rich = buildImage({
  layers: [
    [
      { path: './dir/', type: 'directory' },
      { path: './dir/hidden', content: '1' },
      { path: 'gone', content: '2' },
      { path: `${'long/'.repeat(40)}name`, content: '3', format: 'pax' },
      { path: 'link', type: 'symlink', linkPath: 'dir/hidden' },
      { path: 'hard', type: 'hardlink', linkPath: 'gone' },
      { path: 'out', type: 'symlink', linkPath: '../../etc' },
      { path: 'pipe', type: 'fifo' },
    ],
    [{ path: 'dir/.wh..wh..opq' }, { path: 'dir/new', content: '4' }, { path: '.wh.gone' }],
    [
      {
        path: 'link',
        content: 'now a file',
        pax: [
          ['SCHILY.xattr.user.a', 'b'],
          ['mtime', '1700000000.5'],
        ],
      },
    ],
  ],
});

async function put(host: string, name: string, top: BuiltBlob, children: readonly BuiltImage[]): Promise<void> {
  const { tag = 'latest', ...reference } = parseImageReference(`${host}/${name}`);
  const repository = testClient().repository(reference);
  for (const { config: document, layers: blobs, manifest } of children) {
    for (const { digest, bytes } of [document, ...blobs]) {
      await repository.pushBlob({ digest: digest as `sha256:${string}`, size: bytes.length, open: () => bytes });
    }
    await repository.pushManifest({ reference: manifest.digest, bytes: manifest.bytes, mediaType: manifest.mediaType });
  }
  await repository.pushManifest({ reference: tag, bytes: top.bytes, mediaType: top.mediaType });
}

/** A registry with images of each kind. */
async function filled(): Promise<string> {
  const host = await startDockerRegistry();
  await put(host, 'org/app:index', index, [images.amd64, images.arm64]);
  for (const name of ['amd64', 'docker', 'windows'] as const) {
    await put(host, `org/app:${name}`, images[name].manifest, [images[name]]);
  }
  for (const name of ['base1', 'base2', 'built', 'odd'] as const) {
    await put(host, `bases/${name}:1`, bases[name].manifest, [bases[name]]);
  }
  await put(host, 'bases/index:1', buildIndex([bases.base2]), [bases.base2]);
  return host;
}

const tar = buildTar([{ path: 'new/file', content: 'y'.repeat(10_000) }]);

function files(): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'out'));
  writeFileSync(join(directory, 'plain.tar'), tar);
  writeFileSync(join(directory, 'all.tar'), rich.tars[0] ?? tar);
  writeFileSync(join(directory, 'packed.tgz'), gzipSync(tar));
  writeFileSync(join(directory, 'packed.tar.zst'), zstdCompressSync(tar));
  return directory;
}

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Use {
  readonly cwd: string;
  readonly input?: Uint8Array;
}

async function ours(args: readonly string[], { cwd, input }: Use): Promise<Answer> {
  const host = makeHost(args, {
    programName: 'crane',
    environment: { HOME: temporaryDirectory() },
    workingDirectory: cwd,
    stdin: async function* () {
      if (input !== undefined) yield input;
    },
  });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

async function theirs(args: readonly string[], use: Use): Promise<Answer> {
  const environment = { DOCKER_CONFIG: temporaryDirectory() };
  const { code, stdout, stderr } = await runPeer('crane', args, { ...use, environment });
  return { code, stdout: stdout.toString(), stderr };
}

/** Runs the same words by both, where `TARGET` stands for a name of each one's own, and expects the same answer. */
async function sameEdit(host: string, args: readonly string[], use: Use): Promise<[Answer, Answer]> {
  const at = (name: string): string[] => args.map((arg) => arg.replaceAll('HOST', host).replaceAll('TARGET', name));
  const real = await theirs(at(`${host}/edited/it:theirs`), use);
  const mine = await ours(at(`${host}/edited/it:ours`), use);
  expect(mine.code, `${args.join(' ')}: ${mine.stderr} / ${real.stderr}`).toBe(real.code);
  if (mine.code === 0) expect(mine.stdout).toMatch(/@sha256:[0-9a-f]{64}\n$/);
  return [real, mine];
}

function edited(host: string): RemoteRepository {
  return testClient().repository(parseImageReference(`${host}/edited/it`));
}

/** A stored image with what depends on gzip taken out of its manifest. */
async function withoutPacking(host: string, tag: string): Promise<unknown> {
  const repository = edited(host);
  const { bytes, mediaType } = await repository.manifest(tag);
  const manifest = JSON.parse(bytes.toString()) as { config: { digest: `sha256:${string}` }; layers: object[] };
  const document = await repository.readBlob(manifest.config, 1e6);
  const kept = images.amd64.layers.map(({ digest }) => digest);
  const plain = manifest.layers.map((layer) =>
    'digest' in layer && kept.includes(String(layer.digest)) ? layer : { ...layer, digest: '', size: 0 },
  );
  return [mediaType, JSON.stringify({ ...manifest, layers: plain }), document.toString()];
}

test
  .runIf(isThere)
  .each([
    ['-b HOST/org/app:amd64 -f packed.tgz -t TARGET'],
    ['-b HOST/org/app:docker -f packed.tgz -t TARGET'],
    ['--base=HOST/org/app:index --platform linux/arm64 -f packed.tgz,packed.tar.zst -t TARGET'],
    ['-b HOST/org/app:amd64 -f packed.tgz -f packed.tgz -t TARGET --set-base-image-annotations'],
    ['-b HOST/org/app:index -f packed.tar.zst -t TARGET --set-base-image-annotations'],
    ['-f packed.tgz -t TARGET'],
    ['-f packed.tgz -t TARGET --oci-empty-base'],
    ['-f packed.tgz -t TARGET --oci-empty-base -b HOST/org/app:amd64'],
    ['-f packed.tgz'],
    ['-t TARGET'],
    ['-f none.tar -t TARGET'],
    ['-b HOST/org/app:none -f packed.tgz -t TARGET'],
    ['-b HOST/org/app:index --platform linux/s390x -f packed.tgz -t TARGET'],
    ['-b HOST/org/app:amd64 -f packed.tgz -t NOT_A/NAME:x:y'],
    ['-f packed.tgz -t TARGET extra'],
  ])('append %s', async (line) => {
  const host = await filled();
  const [real, mine] = await sameEdit(host, ['append', ...line.split(' ')], { cwd: files() });
  expect(mine.stdout).toBe(real.stdout);
});

test.runIf(isThere).each<[string, Buffer | undefined]>([
  ['-b HOST/org/app:amd64 -f plain.tar -t TARGET', undefined],
  ['-b HOST/org/app:amd64 -f - -t TARGET', tar],
  ['-b HOST/org/app:windows -f packed.tgz,plain.tar -t TARGET', undefined],
  ['-b HOST/org/app:windows -f all.tar -t TARGET', undefined],
])('append %s, where the layer is packed on the way', async (line, input) => {
  const host = await filled();
  await sameEdit(host, ['append', ...line.split(' ')], { cwd: files(), ...(input !== undefined && { input }) });
  expect(await withoutPacking(host, 'ours')).toEqual(await withoutPacking(host, 'theirs'));
});

const quoted = (line: string): string[] => line.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];

test
  .runIf(isThere)
  .each([
    [''],
    ['-l a=1 -l b=2,c=3 --label "d=4"'],
    ["-l '<k>=<v> & more' -a 'note=<&>,x' -a b=2"],
    ['-e A=2 -e NEW=x,y -e NEW=z -e EMPTY=full'],
    ['-e none'],
    ['-l none'],
    ['--entrypoint /bin/app,--serve'],
    ['--entrypoint \'"/bin/a,b",c\' --cmd x -u me:group -w /work'],
    ['--cmd a,b --exposed-ports 80/tcp,8080 --exposed-ports 53/udp'],
    ['--set-platform linux/arm/v7'],
    ['--set-platform windows/amd64:10.0.17763'],
    ['--set-platform linux'],
    ['--set-platform a/b/c/d'],
    ['--append packed.tgz --append packed.tar.zst -l x=y'],
    ['--user= --workdir= --cmd= --entrypoint='],
  ])('mutate %s', async (line) => {
  const host = await filled();
  for (const tag of ['amd64', 'docker', 'windows', 'index']) {
    // Layers for Windows are packed on the way.
    if (tag === 'windows' && line.includes('--append')) continue;
    const args = ['mutate', ...quoted(line), '-t', 'TARGET', `HOST/org/app:${tag}`];
    const [real, mine] = await sameEdit(host, args, { cwd: files() });
    expect(mine.stdout, tag).toBe(real.stdout);
  }
});

test.runIf(isThere)('mutate stores an image in its place, by digest or in another repository', async () => {
  const host = await filled();
  const use = { cwd: files() };
  const same = async (...args: string[]): Promise<Answer> => {
    const [real, mine] = await sameEdit(host, args, use);
    expect(mine.stdout, args.join(' ')).toBe(real.stdout);
    return mine;
  };
  await same('mutate', '-l', 'a=1', '--repo', 'HOST/other', 'HOST/org/app:amd64');
  await same('mutate', '-l', 'a=1', '--repo', 'HOST/other', '-t', 'TARGET', 'HOST/org/app:amd64');
  await same('mutate', '-l', 'a=1', `HOST/org/app@${images.docker.manifest.digest}`);
  await same('mutate', '-l', 'a=1', '-t', `HOST/other@${images.docker.manifest.digest}`, 'HOST/org/app:docker');
  await same('mutate', '-l', 'a=1', 'HOST/org/app:none');
  await same('mutate');
  await same('mutate', 'HOST/org/app:amd64', 'HOST/org/app:docker');
  const { stdout } = await same('mutate', '-l', 'a=1', 'HOST/org/app:amd64');
  const app = testClient().repository(parseImageReference(`${host}/org/app`));
  expect(stdout).toBe(`${host}/org/app@${(await app.manifest('amd64')).digest}\n`);
});

test
  .runIf(isThere)
  .each([
    ['--old_base HOST/bases/base1:1 --new_base HOST/bases/base2:1 -t TARGET HOST/bases/built:1'],
    ['--old_base HOST/bases/base1:1 --new_base HOST/bases/index:1 --rebased TARGET HOST/bases/built:1'],
    ['--old_base HOST/bases/base2:1 --new_base HOST/bases/base1:1 -t TARGET HOST/bases/built:1'],
    ['--old_base HOST/bases/built:1 --new_base HOST/bases/base2:1 -t TARGET HOST/bases/base1:1'],
    ['--old_base HOST/bases/base1:1 --new_base HOST/bases/base1:1 -t TARGET HOST/bases/built:1'],
    ['--old_base HOST/bases/base1:1 --new_base HOST/bases/base2:1 -t TARGET HOST/bases/odd:1'],
    ['--old_base HOST/bases/base1:1 -t TARGET HOST/bases/built:1'],
    ['--new_base HOST/bases/base1:1 -t TARGET HOST/bases/built:1'],
    ['--old_base HOST/bases/base1:1 --new_base HOST/bases/base2:1 -t TARGET HOST/org/app:index'],
    ['--original HOST/bases/built:1 -t TARGET HOST/bases/built:1'],
    ['-t TARGET HOST/bases/none:1'],
    [''],
  ])('rebase %s', async (line) => {
  const host = await filled();
  const [real, mine] = await sameEdit(host, ['rebase', ...quoted(line)], { cwd: files() });
  expect(mine.stdout).toBe(real.stdout);
});

test.runIf(isThere)('rebase takes the base from annotations, and an image by digest gets a new digest', async () => {
  const host = await filled();
  const use = { cwd: files() };
  const append = `append -b HOST/bases/base1:1 -f packed.tgz -t HOST/bases/app:1 --set-base-image-annotations`;
  await sameEdit(host, append.split(' '), use);
  await put(host, 'bases/base1:1', bases.base2.manifest, [bases.base2]);
  const [real, mine] = await sameEdit(host, ['rebase', '-t', 'TARGET', 'HOST/bases/app:1'], use);
  expect(mine.stdout).toBe(real.stdout);
  const built = `HOST/bases/built@${bases.built.manifest.digest}`;
  const words = ['rebase', '--old_base', `HOST/bases/built@${bases.built.manifest.digest}`, '--new_base', built, built];
  const [other, own] = await sameEdit(host, words, use);
  expect(own.stdout).toBe(other.stdout);
});

test
  .runIf(isThere)
  .each([
    ['index append -m HOST/org/app:amd64 -m HOST/org/app:docker -t TARGET'],
    ['index append -m HOST/org/app:amd64,HOST/org/app:windows -t TARGET --docker-empty-base'],
    ['index append HOST/org/app:index -m HOST/org/app:windows -t TARGET'],
    ['index append HOST/org/app:index HOST/org/app:docker HOST/org/app:index -t TARGET'],
    ['index append -m HOST/org/app:index -t TARGET'],
    ['index append -m HOST/org/app:index -t TARGET --flatten=false'],
    ['index append -m image.tar -t TARGET'],
    ['index append -m layout -t TARGET'],
    ['index append -m plain.tar -t TARGET'],
    ['index append -m HOST/org/app:none -t TARGET'],
    ['index append HOST/org/app:amd64 -m HOST/org/app:amd64 -t TARGET'],
    ['index append -m HOST/org/app:amd64'],
    ['index append -t TARGET'],
    ['index filter HOST/org/app:index --platform linux/amd64 -t TARGET'],
    ['index filter HOST/org/app:index --platform linux -t TARGET'],
    ['index filter HOST/org/app:index --platform linux/arm64 --platform linux/amd64 -t TARGET'],
    ['index filter HOST/org/app:index --platform linux/amd64,linux/arm64 -t TARGET'],
    ['index filter HOST/org/app:amd64 --platform linux/amd64 -t TARGET'],
    ['index filter HOST/org/app:none --platform linux/amd64 -t TARGET'],
    ['index filter'],
  ])('%s', async (line) => {
  const host = await filled();
  const cwd = files();
  await theirs(['pull', `${host}/org/app:docker`, join(cwd, 'image.tar')], { cwd });
  await theirs(['pull', '--format', 'oci', `${host}/org/app:index`, join(cwd, 'layout')], { cwd });
  const [real, mine] = await sameEdit(host, line.split(' '), { cwd });
  expect(mine.stdout).toBe(real.stdout);
});

test.runIf(isThere)('an index is changed in its place, under its new digest, and listed', async () => {
  const host = await filled();
  const use = { cwd: files() };
  const restore = (): Promise<void> => put(host, 'org/app:index', index, [images.amd64, images.arm64]);
  for (const line of [
    `index append ${host}/org/app@${index.digest} -m ${host}/org/app:windows`,
    `index filter ${host}/org/app@${index.digest} --platform linux/arm64`,
    `index append ${host}/org/app:index -m ${host}/org/app:windows`,
    `index filter ${host}/org/app:index --platform linux/arm64`,
    `index list ${host}/org/app:amd64`,
  ]) {
    const real = await theirs(line.split(' '), use);
    await restore();
    const mine = await ours(line.split(' '), use);
    await restore();
    expect([mine.code, mine.stdout], `${line}: ${mine.stderr}`).toEqual([real.code, real.stdout]);
  }
  for (const name of [`${host}/org/app:index`, `${host}/org/app@${index.digest}`]) {
    const [real, mine] = [await theirs(['index', 'list', name], use), await ours(['index', 'list', name], use)];
    expect([mine.code, mine.stdout]).toEqual([real.code, real.stdout]);
  }
});

test
  .runIf(isThere)
  .each([
    ['append -b HOST/org/app:amd64 -f packed.tgz,packed.tar.zst -t HOST/new'],
    ['append -f packed.tgz -t HOST/new:2'],
    ['mutate -l a=b HOST/org/app:docker'],
    [`mutate -l a=b HOST/org/app@${images.docker.manifest.digest}`],
    ['mutate -l a=b --repo HOST/new HOST/org/app:docker'],
  ])('%s as a docker archive', async (line) => {
  const host = await filled();
  const cwd = files();
  const args = line.replaceAll('HOST', host).split(' ');
  const real = await theirs([...args, '-o', 'out/theirs.tar'], { cwd });
  const mine = await ours([...args, '-o', 'out/ours.tar'], { cwd });
  expect([mine.code, mine.stdout], mine.stderr).toEqual([real.code, real.stdout]);
  const archive = (name: string): Buffer => readFileSync(join(cwd, `out/${name}.tar`));
  expect(archive('ours').equals(archive('theirs'))).toBe(true);
});

test.runIf(isThere).each([['-m HOST/org/app:index -m HOST/org/app:docker'], ['-m HOST/org/app:index --flatten=false']])(
  'index append to a local layout: %s',
  async (line) => {
    const host = await filled();
    const cwd = files();
    for (const name of ['HOST/org/app:windows', line]) {
      const args = ['-m', ...name.replaceAll('HOST', host).replace('-m ', '').split(' ')];
      const real = await theirs(['index', 'append', './theirs', ...args], { cwd });
      const mine = await ours(['index', 'append', './ours', ...args], { cwd });
      expect([mine.code, mine.stdout], mine.stderr).toEqual([real.code, real.stdout]);
    }
    const read = (name: string): string => readFileSync(join(cwd, name, 'index.json'), 'utf8');
    expect(read('ours')).toBe(read('theirs'));
  },
);

/** What of a flattened image does not depend on the time and on gzip, and the digest of the unpacked layer. */
async function flattened(host: string, reference: string): Promise<unknown> {
  const repository = edited(host);
  const { bytes, mediaType } = await repository.manifest(reference);
  const manifest = JSON.parse(bytes.toString()) as Record<string, object> & { manifests?: { digest: string }[] };
  if (manifest.manifests !== undefined) {
    const children = await Promise.all(manifest.manifests.map(({ digest }) => flattened(host, digest)));
    const entries = manifest.manifests.map((entry) => JSON.stringify({ ...entry, digest: '', size: 0 }));
    return [mediaType, JSON.stringify({ ...manifest, manifests: [] }), entries, children];
  }
  const config = manifest['config'] as { digest: `sha256:${string}` };
  const [layer] = manifest['layers'] as unknown as [{ digest: `sha256:${string}` }];
  const unpacked = gunzipSync(await repository.readBlob(layer, 1e6));
  const text = (await repository.readBlob(config, 1e6)).toString();
  expect(text).toContain(digestOf(unpacked));
  const parts = {
    ...manifest,
    config: { ...config, digest: '', size: 0 },
    layers: [{ ...layer, digest: '', size: 0 }],
  };
  const { created } = JSON.parse(text) as { created: string };
  return [mediaType, JSON.stringify(parts), text.replaceAll(created, 'NOW')];
}

test.runIf(isThere).each([['amd64'], ['docker'], ['windows'], ['index'], ['rich'], ['none']])(
  'flatten %s',
  async (tag) => {
    const host = await filled();
    await put(host, 'org/app:rich', rich.manifest, [rich]);
    await sameEdit(host, ['flatten', `HOST/org/app:${tag}`, '-t', 'TARGET'], { cwd: files() });
    if (tag !== 'none') expect(await flattened(host, 'ours')).toEqual(await flattened(host, 'theirs'));
  },
);

test.runIf(isThere)('flatten in place and by digest', async () => {
  const host = await filled();
  const use = { cwd: files() };
  await sameEdit(host, ['flatten', `HOST/org/app@${index.digest}`], use);
  await sameEdit(host, ['flatten', 'HOST/org/app:docker'], use);
  await sameEdit(host, ['flatten'], use);
  await sameEdit(host, ['flatten', 'HOST/org/app:docker', 'HOST/org/app:docker'], use);
});
