import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parseImageReference } from '../../src/core/index.ts';
import { makeFetch } from '../../src/net/index.ts';
import { loadRegistryServer, loadRemote, openImagePath, type RegistryClient } from '../../src/oci/index.ts';
import { readAll, recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { startDockerRegistry } from '../../testkit/docker-registry.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { hasPeer } from '../../testkit/peer.ts';

const run = promisify(execFile);

const peers = {
  crane: await hasPeer('crane'),
  skopeo: await hasPeer('skopeo'),
  registry: await hasPeer('docker-registry'),
};
const image = buildImage({ layers: [[{ path: 'a', content: 'x'.repeat(100_000) }], [{ path: 'b' }]] });

async function client(): Promise<RegistryClient> {
  const { makeRegistryClient } = await loadRemote();
  return makeRegistryClient({ fetch: makeFetch(), clock: { now: () => new Date() }, log: recordLog() });
}

async function ours(): Promise<string> {
  const { serveRegistry } = await loadRegistryServer();
  const server = await serveRegistry({ log: recordLog(), directory: temporaryDirectory() });
  onTestFinished(() => server.close());
  return server.host;
}

function layout(): string {
  const path = temporaryDirectory();
  writeTree(path, layoutFiles([{ blob: image.manifest }], blobsOf(image)));
  return path;
}

const digests = image.layers.map(({ digest }) => digest);

test.runIf(peers.crane)('crane pushes to, copies in, lists and pulls from our registry', async () => {
  const host = await ours();
  await run('crane', ['push', layout(), `${host}/org/app:1`]);
  await run('crane', ['copy', `${host}/org/app:1`, `${host}/other/app:2`]);
  await run('crane', ['tag', `${host}/other/app:2`, 'three']);
  const said = async (...words: string[]): Promise<string> => (await run('crane', words)).stdout.trim();
  expect(await said('digest', `${host}/other/app:three`)).toBe(image.manifest.digest);
  expect(await said('ls', `${host}/other/app`)).toBe('2\nthree');
  expect(await said('catalog', host)).toBe('org/app\nother/app');
  expect(await said('manifest', `${host}/org/app:1`)).toBe(image.manifest.bytes.toString());
  await run('crane', ['validate', '--remote', `${host}/org/app:1`]);
  const tar = join(temporaryDirectory(), 'image.tar');
  await run('crane', ['pull', `${host}/org/app:1`, tar]);
  const opened = await openImagePath(tar);
  expect([opened.id, opened.layers.map(({ digest }) => digest)]).toEqual([image.config.digest, digests]);
  await opened.close();
  await run('crane', ['delete', `${host}/org/app:1`]);
  await expect(run('crane', ['digest', `${host}/org/app:1`])).rejects.toThrow('MANIFEST_UNKNOWN');
});

test.runIf(peers.skopeo)('skopeo copies to and from our registry, and we read what it writes', async () => {
  const host = await ours();
  await run('skopeo', ['copy', '--dest-tls-verify=false', `oci:${layout()}`, `docker://${host}/app:1`]);
  const directory = temporaryDirectory();
  for (const [kind, name] of [
    ['docker-archive', 'docker.tar:app:1'],
    ['oci-archive', 'oci.tar:app:1'],
    ['oci', 'layout:app:1'],
  ] as const) {
    await run('skopeo', ['copy', '--src-tls-verify=false', `docker://${host}/app:1`, `${kind}:${directory}/${name}`]);
    const opened = await openImagePath(join(directory, name.replace(/:.*/, '')));
    expect(opened.config.diffIds).toHaveLength(2);
    for (const layer of opened.layers) await readAll(layer.open(undefined));
    await opened.close();
  }
});

test.runIf(peers.registry)('our client pushes to and pulls from another registry', async () => {
  const host = await startDockerRegistry();
  const reference = parseImageReference(`${host}/org/app:1`);
  const registry = await client();
  const repository = registry.repository(reference);
  for (const { digest, bytes } of [image.config, ...image.layers]) {
    const blob = { digest: digest as `sha256:${string}`, size: bytes.length, open: () => bytes };
    expect(await repository.pushBlob(blob, { chunkSize: 40_000 })).toBe('pushed');
    expect(await repository.pushBlob(blob)).toBe('present');
  }
  const { bytes, mediaType, digest } = image.manifest;
  await repository.pushManifest({ reference: '1', bytes, mediaType });
  expect(await repository.head('1')).toMatchObject({ digest, mediaType });
  const { openRemoteImage } = await loadRemote();
  const opened = await openRemoteImage(registry, reference, { name: 'app' });
  expect(opened.repoDigests).toEqual([`${host}/org/app@${digest}`]);
  for (const [index, layer] of opened.layers.entries()) {
    expect((await readAll(layer.open(undefined))).equals(image.layers[index]?.bytes ?? Buffer.alloc(0))).toBe(true);
  }
});
