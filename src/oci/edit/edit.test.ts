import { expect, test } from 'vitest';
import type { Digest } from '../../core/index.ts';
import { appendLayers } from './append.ts';
import type { ConfigDocument } from './documents.ts';
import { annotate, type EditedImage, emptyImage, seal } from './edited.ts';
import { flatten } from './flatten.ts';
import {
  appendEntries,
  emptyIndex,
  formatEntryPlatform,
  keepPlatforms,
  openIndexForEdit,
  platformOfConfig,
  sealIndex,
  withArtifactType,
} from './index-document.ts';
import { changeConfig } from './mutate.ts';
import { rebase } from './rebase.ts';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}`;

function imageOf(config: ConfigDocument, configType = 'application/vnd.oci.image.config.v1+json'): EditedImage {
  const base = emptyImage('oci');
  return {
    ...base,
    config,
    manifest: { ...base.manifest, config: { mediaType: configType, digest: digest('c'), size: 1 } },
  };
}

function layer(letter: string) {
  const source = { digest: digest(letter), size: 1, open: async function* () {} };
  return { descriptor: { mediaType: 'm', digest: digest(letter), size: 1 }, diffId: digest(letter), source };
}

test('empty images are those that crane starts from', () => {
  expect(seal(emptyImage('docker')).configBytes.toString()).toBe(
    '{"architecture":"","created":"0001-01-01T00:00:00Z","os":"","rootfs":{"type":"layers","diff_ids":null},"config":{}}',
  );
  expect(seal(emptyImage('docker')).manifestBytes.toString()).toContain('docker.distribution.manifest.v2+json');
  expect(seal(emptyImage('oci')).manifestBytes.toString()).toContain('oci.image.manifest.v1+json');
});

test('layers come on top, each with a step; a step may leave none', () => {
  const image = imageOf({ rootfs: { type: 'layers', diff_ids: [digest('a')] }, history: [{ comment: 'first' }] });
  const changed = appendLayers(image, [{ history: {}, layer: layer('b') }, { history: { empty_layer: true } }]);
  expect(changed.config.rootfs?.diff_ids).toEqual([digest('a'), digest('b')]);
  expect(changed.config.history).toEqual([{ comment: 'first' }, {}, { empty_layer: true }]);
  expect(changed.manifest.layers).toEqual([layer('b').descriptor]);
  expect([...changed.sources.keys()]).toEqual([digest('b')]);
});

test('the configuration of an artifact stays as it is', () => {
  const artifact = { ...imageOf({}, 'application/vnd.example+json'), foreignConfig: Buffer.from('{ }') };
  const changed = changeConfig(appendLayers(artifact, [{ history: {}, layer: layer('b') }]), { user: 'me' });
  expect(changed.config).toEqual({});
  expect(seal(changed).configBytes.toString()).toBe('{ }');
  expect(seal(changed).manifest.config.digest).toBe(digest('c'));
});

test('a configuration that stands in the manifest, too, is written there anew', () => {
  const image = imageOf({});
  const config = { ...image.manifest.config, data: 'old' };
  const sealed = seal({ ...image, manifest: { ...image.manifest, config } });
  expect(Buffer.from(sealed.manifest.config.data ?? '', 'base64').equals(sealed.configBytes)).toBe(true);
});

test('annotations are added and replaced', () => {
  const once = annotate(
    emptyImage('oci'),
    new Map([
      ['a', '1'],
      ['b', '1'],
    ]),
  );
  const twice = annotate(
    once,
    new Map([
      ['b', '2'],
      ['c', '3'],
    ]),
  );
  expect([...(twice.manifest.annotations ?? [])]).toEqual([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ]);
});

test.each<[string, ConfigDocument, Parameters<typeof changeConfig>[1], object]>([
  [
    'nothing leaves all but an empty list of variables',
    { config: { User: 'me', Cmd: ['a'] } },
    {},
    { User: 'me', Cmd: ['a'], Env: [], Labels: new Map() },
  ],
  [
    'labels are added and replaced',
    {
      config: {
        Labels: new Map([
          ['a', '1'],
          ['b', '1'],
        ]),
      },
    },
    {
      labels: new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    },
    {
      Labels: new Map([
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ]),
    },
  ],
  [
    'an entrypoint and a command',
    { config: { Cmd: ['a'] } },
    { entrypoint: ['c'], cmd: ['d'] },
    { Entrypoint: ['c'], Cmd: ['d'] },
  ],
  [
    'ports are replaced',
    { config: { ExposedPorts: new Set(['1']) } },
    { exposedPorts: ['2', '2', '3'] },
    { ExposedPorts: new Set(['2', '3']) },
  ],
  ['user and directory', {}, { user: 'me', workdir: '/w' }, { User: 'me', WorkingDir: '/w' }],
  [
    'variables keep their places',
    { config: { Env: ['A=1', 'B=2', 'A=3'] } },
    {
      env: [
        ['C', '4'],
        ['A', '5'],
        ['A', '6'],
      ],
    },
    { Env: ['A=6', 'B=2', 'A=3', 'C=4'] },
  ],
  [
    'a variable that is given twice is added twice',
    {},
    {
      env: [
        ['A', '1'],
        ['A', '2'],
      ],
    },
    { Env: ['A=1', 'A=2'] },
  ],
  [
    'on Windows new ones are in capitals',
    { os: 'windows', config: { Env: ['Path=x'] } },
    {
      env: [
        ['Path', 'y'],
        ['new', 'z'],
      ],
    },
    { Env: ['Path=y', 'NEW=z'] },
  ],
])('%s', (_, config, changes, expected) => {
  expect(changeConfig(imageOf(config), changes).config.config).toMatchObject(expected);
});

test('a platform is replaced whole', () => {
  const platform = { os: 'linux', architecture: 'arm', variant: 'v7', osVersion: '' };
  const { config } = changeConfig(imageOf({ os: 'windows', 'os.version': '10' }), { platform });
  expect(config).toMatchObject({ os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': '' });
});

test('a variable without a value cannot be kept in its place', () => {
  const change = (): unknown => changeConfig(imageOf({ config: { Env: ['broken'] } }), {});
  expect(change).toThrow(expect.objectContaining({ code: 'OCI_EDIT_ENV_INVALID' }));
});

test('an entrypoint takes the command away that was written for another', () => {
  const { config } = changeConfig(imageOf({ config: { Cmd: ['a'], Entrypoint: ['b'] } }), { entrypoint: ['c'] });
  expect(config.config?.Entrypoint).toEqual(['c']);
  expect(config.config).not.toHaveProperty('Cmd');
});

const entry = (letter: string, platform?: object) => ({
  mediaType: 'm',
  digest: digest(letter),
  size: 1,
  ...(platform !== undefined && { platform }),
});

test('an index gets entries behind those it has; without new ones it stays as it is', () => {
  const base = appendEntries(emptyIndex('docker'), [entry('a')]);
  expect(appendEntries(base, [entry('b')]).document.manifests).toEqual([entry('a'), entry('b')]);
  expect(appendEntries(base, [])).toBe(base);
  const sealed = sealIndex(base);
  expect(sealed.mediaType).toBe('application/vnd.docker.distribution.manifest.list.v2+json');
  expect(openIndexForEdit(sealed)).toEqual(base);
});

const platforms = [
  entry('a', { os: 'linux', architecture: 'amd64' }),
  entry('b', { os: 'linux', architecture: 'arm', variant: 'v7' }),
  entry('c', { os: 'windows', architecture: 'amd64', 'os.version': '10' }),
  entry('d'),
];

test.each([
  [['linux', '', '', ''], 'ab'],
  [['', 'amd64', '', ''], 'ac'],
  [['linux', 'arm', 'v6', ''], ''],
  [['linux', 'arm', 'v7', ''], 'b'],
  [['windows', 'amd64', '', '10'], 'c'],
  [['', '', '', ''], 'abc'],
])('the platform %j keeps %s', ([os = '', architecture = '', variant = '', osVersion = ''], kept) => {
  const index = appendEntries(emptyIndex('oci'), platforms);
  const { document } = keepPlatforms(index, [{ os, architecture, variant, osVersion }]);
  expect((document.manifests ?? []).map((one) => one.digest)).toEqual([...kept].map(digest));
});

test('an index that loses all entries is written as crane writes it', () => {
  const index = appendEntries(emptyIndex('oci'), platforms);
  expect(sealIndex(keepPlatforms(index, [])).bytes.toString()).toContain('"manifests":null');
});

test.each([
  [{}, undefined],
  [{ os: '', architecture: '' }, undefined],
  [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
  [{ os: 'windows', architecture: 'amd64', 'os.version': '10.0' }, 'windows/amd64:10.0'],
  [{ 'os.features': ['win32k'] }, ''],
])('the platform of %j is %s', (config, expected) => {
  const platform = platformOfConfig(config);
  expect(platform && formatEntryPlatform(platform)).toBe(expected);
});

test('an entry has the type of the artifact, or of the configuration', () => {
  const { manifestBytes, ...rest } = seal(emptyImage('oci'));
  const stored = { ...rest, bytes: manifestBytes };
  const type = 'application/vnd.oci.image.config.v1+json';
  expect(withArtifactType(entry('a'), stored)).toEqual({ ...entry('a'), artifactType: type });
  expect(withArtifactType({ ...entry('a'), artifactType: 'x' }, stored).artifactType).toBe('x');
});

/** An image of one layer for each letter. */
function stacked(letters: string, config: ConfigDocument): EditedImage {
  const base = imageOf({ ...config, rootfs: { type: 'layers', diff_ids: [...letters].map(digest) } });
  const layers = [...letters].map((letter) => layer(letter));
  return {
    ...base,
    manifest: { ...base.manifest, layers: layers.map(({ descriptor }) => descriptor) },
    sources: new Map(layers.map(({ source }) => [source.digest, source])),
  };
}

const steps = (...names: string[]) =>
  names.map((created_by) => ({ created_by, ...(created_by.startsWith('-') && { empty_layer: true }) }));

test('a base is exchanged with its steps; the image runs as it did, on the new platform', () => {
  const oldBase = stacked('a', { history: steps('a', '-env') });
  const newBase = stacked('bc', { os: 'linux', 'os.version': '2', variant: 'v1', history: steps('b', 'c') });
  const original = stacked('adde', {
    os: 'other',
    author: 'me',
    config: { User: 'me' },
    history: steps('a', '-env', '-label', 'd'),
  } as ConfigDocument);
  const { config, manifest } = rebase({ original, oldBase, newBase });
  expect(config.history).toEqual([...steps('b', 'c', '-label', 'd'), {}, {}]);
  expect(config.rootfs?.diff_ids).toEqual([...'bcdde'].map(digest));
  expect(manifest.layers?.map((one) => one.digest)).toEqual([...'bcdde'].map(digest));
  expect(config).toMatchObject({ os: 'linux', 'os.version': '2', config: { User: 'me' } });
  expect(config).not.toHaveProperty('variant');
  expect(config).not.toHaveProperty('author');
});

test.each<[string, EditedImage, EditedImage, string]>([
  ['another base', stacked('ab', {}), stacked('c', {}), 'OCI_REBASE_MISMATCH'],
  ['a larger base', stacked('a', {}), stacked('ab', {}), 'OCI_REBASE_MISMATCH'],
  [
    'a history of more layers than there are',
    stacked('a', { history: steps('a', 'b') }),
    stacked('', {}),
    'OCI_CONFIG_INVALID',
  ],
  ['layers without their digests', { ...stacked('a', {}), config: {} }, stacked('', {}), 'OCI_CONFIG_INVALID'],
])('a base is not exchanged: %s', (_, original, oldBase, code) => {
  const change = (): unknown => rebase({ original, oldBase, newBase: stacked('', {}) });
  expect(change).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.oci.image.config.v1+json'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.container.image.v1+json'],
])('an image is flattened to one layer and one step, of the types of %s', (mediaType, configType) => {
  const image = {
    ...annotate(
      stacked('ab', { os: 'linux', config: { User: 'me' }, history: steps('a', '-b') }),
      new Map([['x', 'y']]),
    ),
    mediaType,
  };
  const created = '2026-01-02T03:04:05Z';
  const flat = flatten(image, { layer: layer('c'), digest: digest('d'), created, program: 'crane' });
  const zero = '0001-01-01T00:00:00Z';
  const comment = `[{"created":"${zero}","created_by":"a"},{"created":"${zero}","created_by":"-b","empty_layer":true}]`;
  expect(flat.config).toEqual({
    os: 'linux',
    created,
    config: { User: 'me' },
    history: [{ created, created_by: `crane flatten ${digest('d')}`, comment }],
    rootfs: { type: 'layers', diff_ids: [digest('c')] },
  });
  expect(flat.manifest).toMatchObject({
    mediaType,
    config: { mediaType: configType },
    layers: [{ digest: digest('c') }],
  });
  expect([...(flat.manifest.annotations ?? [])]).toEqual([['x', 'y']]);
  expect([...flat.sources.keys()]).toEqual([digest('c')]);
});

test('an image without a history says so, too', () => {
  const parts = { layer: layer('c'), digest: digest('d'), created: '', program: 'crane' };
  expect(flatten(stacked('a', {}), parts).config.history).toMatchObject([{ comment: 'null' }]);
});
