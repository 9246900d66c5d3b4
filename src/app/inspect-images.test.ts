import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { type BuiltImage, blobsOf, buildImage, digestOf, layoutFiles, writeTree } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { dockerFunctions, renderTemplate } from '../codecs/go-template/index.ts';
import type { ImageTarget } from '../targets/index.ts';
import { makeContext } from './context.ts';
import type { InspectedImage } from './inspect/document.ts';
import { viewOfImage } from './inspect/view.ts';
import { inspectImages } from './inspect-images.ts';

const context = makeContext({ cacheDir: '/nowhere' });

const full = buildImage({
  layers: [[{ path: 'a', content: 'x' }], [{ path: 'b' }]],
  architecture: 'arm64',
  docker: true,
  document: {
    created: '2026-01-02T03:04:05.6Z',
    author: 'me',
    comment: 'made',
    docker_version: '28.0',
    variant: 'v8',
    'os.version': '1.2',
    config: {
      Cmd: ['run', '--all'],
      Env: ['PATH=/bin', 'A=1'],
      Labels: { b: '2', a: '<1>' },
      ExposedPorts: { '80/tcp': {} },
      User: '',
      Hostname: 'old',
      Entrypoint: null,
      OnBuild: 'no list',
      Healthcheck: { Test: ['NONE'] },
    },
  },
});

function layoutOf(image: BuiltImage): ImageTarget {
  const path = join(temporaryDirectory(), 'layout');
  writeTree(path, layoutFiles([{ blob: image.manifest }], blobsOf(image)));
  return { kind: 'archive', path };
}

async function inspectOne(target: ImageTarget): Promise<InspectedImage> {
  for await (const result of inspectImages([target], context)) {
    if (result.kind === 'found') return result.image;
    throw result.error;
  }
  return expect.fail('nothing came');
}

test('the fields that docker prints, in its order', async () => {
  const image = await inspectOne(layoutOf(full));
  expect(JSON.stringify(image)).toBe(
    JSON.stringify({
      Id: full.config.digest,
      RepoTags: [],
      RepoDigests: [],
      Parent: '',
      Comment: 'made',
      Created: '2026-01-02T03:04:05.6Z',
      DockerVersion: '28.0',
      Author: 'me',
      Config: {
        ExposedPorts: { '80/tcp': {} },
        Env: ['PATH=/bin', 'A=1'],
        Cmd: ['run', '--all'],
        Labels: { b: '2', a: '<1>' },
        Healthcheck: { Test: ['NONE'] },
      },
      Architecture: 'arm64',
      Variant: 'v8',
      Os: 'linux',
      OsVersion: '1.2',
      Size: full.layers.reduce((sum, { bytes }) => sum + bytes.length, 0),
      RootFS: { Type: 'layers', Layers: full.tars.map(digestOf) },
      Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
    }),
  );
});

test.each([
  ['{{.Id}}', full.config.digest],
  ['{{.Architecture}}/{{.Os}}/{{.Variant}}', 'arm64/linux/v8'],
  ['{{.Config.Cmd}} {{.Config.Entrypoint}} {{len .Config.OnBuild}}', '[run --all] [] 0'],
  ['{{index .Config.Labels "a"}}{{index .Config.Labels "missing"}}', '<1>'],
  ['{{json .Config.Labels}}', '{"a":"<1>","b":"2"}'],
  ['{{range .Config.Env}}{{println .}}{{end}}', 'PATH=/bin\nA=1\n'],
  ['{{range $port, $_ := .Config.ExposedPorts}}{{$port}}{{end}}', '80/tcp'],
  ['{{len .RootFS.Layers}} {{index .RootFS.Layers 0}}', `2 ${digestOf(full.tars[0] ?? Buffer.alloc(0))}`],
  ['{{json .RootFS.Type}} {{.Metadata.LastTagTime}}', '"layers" 0001-01-01T00:00:00Z'],
  ['{{.Config.Healthcheck.Test}} {{.Config.ArgsEscaped}} {{.Config.User}}', '[NONE] false '],
  ['{{.Size}}', String(full.layers.reduce((sum, { bytes }) => sum + bytes.length, 0))],
])('a template: %s', async (template, expected) => {
  const view = viewOfImage(await inspectOne(layoutOf(full)));
  expect(renderTemplate(template, view, { name: '--format', functions: dockerFunctions })).toBe(expected);
});

test('what docker has no field for is an error, and so is an item that is not there', async () => {
  const view = viewOfImage(await inspectOne(layoutOf(full)));
  const render = (text: string): string => renderTemplate(text, view, { name: '--format' });
  expect(() => render('{{.Config.Hostname}}')).toThrow(expect.objectContaining({ code: 'CODEC_TEMPLATE_FAILED' }));
  expect(() => render('{{index .RepoDigests 0}}')).toThrow(expect.objectContaining({ code: 'CODEC_TEMPLATE_FAILED' }));
});

test('of a registry it tells tags and digests under the name that was asked for', async () => {
  const registry = await startRegistry();
  await registry.put('org/app', '1.2', full);
  const image = await inspectOne({ kind: 'reference', reference: `${registry.host}/org/app:1.2`, sources: ['remote'] });
  expect(image.RepoTags).toEqual([`${registry.host}/org/app:1.2`]);
  expect(image.RepoDigests).toEqual([`${registry.host}/org/app@${full.manifest.digest}`]);
});

test('an image that cannot be had stops none of the others', async () => {
  const missing: ImageTarget = { kind: 'archive', path: join(temporaryDirectory(), 'missing') };
  const kinds: string[] = [];
  for await (const { kind } of inspectImages([missing, layoutOf(full)], context)) kinds.push(kind);
  expect(kinds).toEqual(['failed', 'found']);
});
