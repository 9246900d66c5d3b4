import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { buildImage } from '../../../testkit/image.ts';
import { type FaultAction, startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import type { RemoteRepository } from './client.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });

async function started(tags: readonly string[]): Promise<{ registry: TestRegistry; repository: RemoteRepository }> {
  const registry = await startRegistry();
  for (const tag of tags) await registry.put('org/app', tag, image);
  return { registry, repository: testClient().repository({ registry: registry.host, repository: 'org/app' }) };
}

test.each([undefined, 1, 2, 100])('lists tags in pages of %s', async (pageSize) => {
  const { registry, repository } = await started(['1', '2', '3.0', 'latest']);
  const options = pageSize === undefined ? {} : { pageSize };
  expect(await Array.fromAsync(repository.tags(options))).toEqual(['1', '2', '3.0', 'latest']);
  const pages = registry.seen.filter(({ path }) => path.includes('/tags/list'));
  expect(pages).toHaveLength(Math.ceil(4 / (pageSize ?? 100)));
});

test('lists repositories', async () => {
  const { registry } = await started(['1']);
  await registry.put('other', '1', image);
  expect(await Array.fromAsync(testClient().catalog(registry.host, { pageSize: 1 }))).toEqual(['org/app', 'other']);
});

test('a catalog is asked for with its own scope', async () => {
  const registry = await startRegistry({ auth: { kind: 'token' } });
  await registry.put('app', '1', image);
  expect(await Array.fromAsync(testClient().catalog(registry.host))).toEqual(['app']);
  expect(registry.seen.find(({ path }) => path.startsWith('/token'))?.path).toContain('registry%3Acatalog%3A*');
});

const link = (target: string): FaultAction => ({ kind: 'headers', headers: { link: `<${target}>; rel="next"` } });

test.each<[string, FaultAction, string]>([
  ['on another host', link('https://elsewhere.test/v2/org/app/tags/list?n=1'), 'OCI_RESPONSE_INVALID'],
  ['that is the page itself', link('/v2/org/app/tags/list'), 'OCI_RESPONSE_INVALID'],
  ['without a valid address', link('http://[:'), 'OCI_RESPONSE_INVALID'],
])('a next page %s is refused', async (_, act, code) => {
  const { registry, repository } = await started(['1']);
  registry.fail({ match: /tags/, act });
  await expect(Array.fromAsync(repository.tags())).rejects.toThrowCode(code);
});

test.each([
  ['no list', '{"tags":"x"}'],
  ['no JSON', '<html>'],
  ['control characters', '{"tags":["a\\u001b[2J"]}'],
])('an answer with %s is refused', async (_, body) => {
  const { registry, repository } = await started(['1']);
  registry.fail({ match: /tags/, act: { kind: 'body', body: Buffer.from(body) } });
  await expect(Array.fromAsync(repository.tags())).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});

test('a list without names is empty; other links are of no account', async () => {
  const { registry, repository } = await started(['1']);
  const headers = { link: '<https://elsewhere.test/>; rel="help", </v2/>; rel="prev"' };
  registry.fail({ match: /tags/, act: { kind: 'body', body: Buffer.from('{"tags":null}'), headers } });
  expect(await Array.fromAsync(repository.tags())).toEqual([]);
});

test('a registry that pages without end is left', async () => {
  const { registry, repository } = await started(['1']);
  const act: FaultAction = link('/v2/org/app/tags/list?n=1&last=1');
  registry.fail({ match: /tags/, act });
  await expect(Array.fromAsync(repository.tags())).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});
