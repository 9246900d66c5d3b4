import { expect, test } from 'vitest';
import type { Digest } from '../../core/index.ts';
import { appendLayers } from './append.ts';
import type { ConfigDocument } from './documents.ts';
import { annotate, type EditedImage, emptyImage, seal } from './edited.ts';
import { changeConfig } from './mutate.ts';

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
