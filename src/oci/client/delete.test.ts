import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { buildImage, digestOf } from '../../../testkit/image.ts';
import { startRegistry } from '../../../testkit/registry.ts';
import type { Digest } from '../../core/index.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const nothing = digestOf(Buffer.from('nothing')) as Digest;

test('deletes tags, manifests and blobs, and tells what was not there', async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', image);
  await registry.put('app', '2', image);
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  const layer = image.layers[0]?.digest as Digest;
  expect(await repository.deleteManifest('1')).toBe(true);
  expect(await Array.fromAsync(repository.tags())).toEqual(['2']);
  expect(await repository.deleteManifest(image.manifest.digest)).toBe(true);
  expect(await repository.head('2')).toBeUndefined();
  expect(await repository.hasBlob(layer)).toBe(true);
  expect(await repository.deleteBlob(layer)).toBe(true);
  expect(await repository.hasBlob(layer)).toBe(false);
  expect(await repository.deleteManifest('1')).toBe(false);
  expect(await repository.deleteBlob(nothing)).toBe(false);
});

test('a registry that forbids it is a coded error', async () => {
  const registry = await startRegistry({ faults: [{ match: /DELETE/, act: { kind: 'status', status: 405 } }] });
  await registry.put('app', '1', image);
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  await expect(repository.deleteManifest('1')).rejects.toThrowCode('OCI_REGISTRY_REFUSED');
});

test('deleting is asked leave for', async () => {
  const registry = await startRegistry({ auth: { kind: 'token' } });
  await registry.put('app', '1', image);
  await testClient().repository({ registry: registry.host, repository: 'app' }).deleteManifest('1');
  expect(registry.seen.find(({ path }) => path.startsWith('/token'))?.path).toContain(
    encodeURIComponent('repository:app:pull,push,delete'),
  );
});
