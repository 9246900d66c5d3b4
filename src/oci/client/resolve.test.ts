import { expect, test } from 'vitest';
import { fixedClock, recordLog, recordSleep } from '../../../testkit/context.ts';
import { buildImage } from '../../../testkit/image.ts';
import { startRegistry } from '../../../testkit/registry.ts';
import { startHttp } from '../../../testkit/server.ts';
import { parseImageReference } from '../../core/index.ts';
import { makeFetch } from '../../net/index.ts';
import { makeRegistryClient, type RegistryClient, type RegistryClientOptions } from './client.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x' }]] });

function makeClient(options: Partial<RegistryClientOptions> = {}): RegistryClient {
  const { sleep } = recordSleep();
  return makeRegistryClient({
    fetch: makeFetch({ idleTimeout: 200 }),
    clock: fixedClock('2026-11-24T00:00:00Z'),
    log: recordLog(),
    sleep,
    ...options,
  });
}

test('a digest is asked for by HEAD, and a registry on loopback not first whether it speaks plain http', async () => {
  const registry = await startRegistry();
  await registry.put('org/app', '1', image);
  const client = makeClient();
  const reference = parseImageReference(`${registry.host}/org/app:1`);
  const digests = await Promise.all([client.resolve(reference), client.resolve(reference)]);
  expect(digests).toEqual([image.manifest.digest, image.manifest.digest]);
  expect(registry.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'HEAD /v2/org/app/manifests/1',
    'HEAD /v2/org/app/manifests/1',
  ]);
});

test('connections are used again, also after an answer without a body', async () => {
  const sockets = new Set<unknown>();
  const host = await startHttp((incoming, outgoing) => {
    sockets.add(incoming.socket);
    outgoing.writeHead(200, { 'docker-content-digest': image.manifest.digest, 'content-length': 100 }).end();
  });
  const client = makeClient();
  for (const tag of ['1', '2', '3']) await client.resolve(parseImageReference(`${host}/org/app:${tag}`));
  expect(sockets.size).toBe(1);
});

test('the digest is made of the manifest where HEAD does not tell it', async () => {
  const registry = await startRegistry({
    faults: [{ match: /^HEAD/, act: { kind: 'headers', headers: { 'docker-content-digest': '' } } }],
  });
  await registry.put('org/app', '1', image);
  expect(await makeClient().resolve(parseImageReference(`${registry.host}/org/app:1`))).toBe(image.manifest.digest);
});

test('a mirror is asked first, then the source', async () => {
  const [mirror, source] = [await startRegistry(), await startRegistry()];
  await source.put('org/app', 'latest', image);
  const client = makeClient({ mirrors: { [source.host]: [mirror.host] } });
  expect(await client.resolve(parseImageReference(`${source.host}/org/app`))).toBe(image.manifest.digest);
  expect(mirror.seen.at(-1)).toMatchObject({ method: 'HEAD', status: 404 });
});

test('a tag that is not there is a coded error', async () => {
  const registry = await startRegistry();
  const asked = makeClient().resolve(parseImageReference(`${registry.host}/org/app:2`));
  await expect(asked).rejects.toMatchObject({ code: 'OCI_REMOTE_NOT_FOUND' });
});

test('a registry that could not be reached is tried anew', async () => {
  const registry = await startRegistry();
  await registry.put('org/app', '1', image);
  const working = makeFetch();
  let isDown = true;
  const client = makeClient({
    fetch: async (request) => {
      if (isDown) throw new RangeError('down');
      return working(request);
    },
  });
  const reference = parseImageReference(`${registry.host}/org/app:1`);
  await expect(client.resolve(reference)).rejects.toThrow('down');
  isDown = false;
  expect(await client.resolve(reference)).toBe(image.manifest.digest);
});
