import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readAll, temporaryDirectory } from '../../../testkit/context.ts';
import {
  blobsOf,
  buildImage,
  buildIndex,
  type DockerArchiveSpec,
  dockerArchiveFiles,
  layoutFiles,
  toBlob,
  writeTree,
} from '../../../testkit/image.ts';
import { buildTar } from '../../../testkit/tar.ts';
import { digestOf } from '../client/manifest.ts';
import type { Descriptor } from '../manifest.ts';
import { openArchiveFile, openPathContent } from './path.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x'.repeat(2000) }], [{ path: 'b' }]], docker: true });
const other = buildImage({ layers: [[{ path: 'c' }]], docker: true });

function archive(images: readonly DockerArchiveSpec[]): string {
  const path = join(temporaryDirectory(), 'image.tar');
  writeFileSync(path, buildTar(dockerArchiveFiles(images)));
  return path;
}

test('an archive with packed layers gets the manifest of the image it was', async () => {
  const { content, close } = await openArchiveFile(archive([{ image, repoTags: ['app:1'], packed: true }]));
  const { source, parsed } = content;
  expect(parsed.layers.map(({ digest }) => digest)).toEqual(image.layers.map(({ digest }) => digest));
  expect(content.manifest.bytes.toString()).toMatch(/^\{"schemaVersion":2,"mediaType":"[^"]+","config":\{"mediaType":/);
  expect(content.manifest.digest).toBe(digestOf(content.manifest.bytes));
  expect(await source.read(parsed.config, 10_000)).toEqual(image.config.bytes);
  expect(await readAll(source.stream(parsed.layers[0] as Descriptor))).toEqual(image.layers[0]?.bytes);
  expect(await readAll(source.stream(parsed.config))).toEqual(image.config.bytes);
  close();
});

test('plain layers are packed, the same way each time', async () => {
  const { content, close } = await openArchiveFile(archive([{ image, repoTags: ['app:1'] }]));
  const [first] = content.parsed.layers as [Descriptor];
  const packed = await readAll(content.source.stream(first));
  expect(digestOf(packed)).toBe(first.digest);
  expect(gunzipSync(packed)).toEqual(image.tars[0]);
  close();
});

/** An archive that tells where its layers lie, as Docker 25 writes it. */
function withSources(mediaType: string, packed: boolean): string {
  const files = dockerArchiveFiles([{ image, repoTags: ['app:1'], packed }]);
  const sources = Object.fromEntries(
    image.tars.map((tar, index) => {
      const bytes = packed ? (image.layers[index]?.bytes ?? tar) : tar;
      return [
        digestOf(tar),
        { mediaType, size: bytes.length, digest: digestOf(bytes), annotations: { b: '2', a: '1' } },
      ];
    }),
  );
  const path = join(temporaryDirectory(), 'image.tar');
  const edited = files.map((file) => {
    if (file.path !== 'manifest.json') return file;
    const [listed] = JSON.parse(String(file.content));
    return { ...file, content: JSON.stringify([{ ...listed, LayerSources: sources }]) };
  });
  writeFileSync(path, buildTar(edited));
  return path;
}

test('where layers lie is of account for packed ones only', async () => {
  const plain = await openArchiveFile(withSources('application/vnd.oci.image.layer.v1.tar', false));
  const without = await openArchiveFile(archive([{ image, repoTags: ['app:1'] }]));
  expect(plain.content.manifest.digest).toBe(without.content.manifest.digest);
  const packed = await openArchiveFile(withSources('application/vnd.oci.image.layer.v1.tar+gzip', true));
  const [layer] = packed.content.parsed.layers as [Descriptor];
  expect(packed.content.manifest.bytes.toString()).toContain('"annotations":{"a":"1","b":"2"}');
  expect(await readAll(packed.content.source.stream(layer))).toEqual(image.layers[0]?.bytes);
  for (const opened of [plain, without, packed]) opened.close();
});

test('one of several images is chosen by any way to write its name', async () => {
  const path = archive([
    { image, repoTags: ['app:1'], packed: true },
    { image: other, repoTags: ['docker.io/library/other:latest'], packed: true },
  ]);
  const { content, close } = await openArchiveFile(path, 'other');
  expect(content.parsed.config.digest).toBe(other.config.digest);
  close();
  await expect(openArchiveFile(path)).rejects.toMatchObject({ code: 'OCI_REFERENCE_AMBIGUOUS' });
  await expect(openArchiveFile(path, 'app:2')).rejects.toMatchObject({ code: 'OCI_REFERENCE_NOT_FOUND' });
});

test('what is not there is told', async () => {
  const { content, close } = await openArchiveFile(archive([{ image, repoTags: [], packed: true }]));
  const absent = { mediaType: '', digest: digestOf(Buffer.from('absent')), size: 6 };
  expect(() => content.source.stream(absent)).toThrowCode('OCI_BLOB_MISSING');
  await expect(content.source.read(absent, 10)).rejects.toMatchObject({ code: 'OCI_BLOB_MISSING' });
  await expect(content.source.manifest(absent)).rejects.toMatchObject({ code: 'OCI_BLOB_MISSING' });
  close();
  const files = dockerArchiveFiles([{ image, repoTags: [] }]).filter(({ path }) => !path.endsWith('layer.tar'));
  const path = join(temporaryDirectory(), 'image.tar');
  writeFileSync(path, buildTar(files));
  await expect(openArchiveFile(path)).rejects.toMatchObject({ code: 'OCI_ARCHIVE_INVALID' });
});

test('a layout gives the one image or index it holds, or the whole of it', async () => {
  const amd64 = buildImage({ layers: [[{ path: 'a' }]] });
  const arm64 = buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' });
  const index = buildIndex([amd64, arm64]);
  const layout = (entries: Parameters<typeof layoutFiles>[0]): string => {
    const path = temporaryDirectory();
    writeTree(path, layoutFiles(entries, [...blobsOf(amd64), ...blobsOf(arm64), index]));
    return path;
  };
  const nested = await openPathContent(layout([{ blob: index }]), 'only');
  expect(nested.content.manifest).toMatchObject({ digest: index.digest, mediaType: index.mediaType });
  const several = layout([{ blob: amd64.manifest }, { blob: arm64.manifest }]);
  await expect(openPathContent(several, 'only')).rejects.toMatchObject({ code: 'OCI_LAYOUT_SEVERAL' });
  const whole = await openPathContent(several, 'whole');
  expect(whole.content.manifest.mediaType).toBe('application/vnd.oci.image.index.v1+json');
  expect(await readAll(whole.content.source.stream(toDescriptor(amd64.config)))).toEqual(amd64.config.bytes);
  expect(await whole.content.source.read(toDescriptor(amd64.config), 10_000)).toEqual(amd64.config.bytes);
  const artifact = layout([{ blob: toBlob(Buffer.from('{}'), 'application/json') }]);
  await expect(openPathContent(artifact, 'only')).rejects.toMatchObject({ code: 'OCI_NOT_AN_IMAGE' });
  await expect(openPathContent(temporaryDirectory(), 'only')).rejects.toMatchObject({ code: 'OCI_LAYOUT_INVALID' });
});

function toDescriptor({ digest, bytes, mediaType }: { digest: string; bytes: Buffer; mediaType: string }): Descriptor {
  return { digest: digest as Descriptor['digest'], size: bytes.length, mediaType };
}
