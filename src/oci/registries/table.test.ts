import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { buildImage } from '../../../testkit/image.ts';
import { startRegistry } from '../../../testkit/registry.ts';
import { parseImageReference } from '../../core/index.ts';
import { placesOf, sourcePlace } from '../client/place.ts';
import { insecureHostsOf, parseRegistries } from './table.ts';

const table = `
unqualified-search-registries = ["docker.io"]

[[registry]]
prefix = "ghcr.io/org"
location = "127.0.0.1:5000/copies"
insecure = true

[[registry]]
location = "docker.io"
[[registry.mirror]]
location = "mirror.test/hub"
[[registry.mirror]]
location = "tags.test"
pull-from-mirror = "tag-only"
insecure = true

[[registry]]
prefix = "*.wild.test"
location = "one.test/all/"
mirror-by-digest-only = true
[[registry.mirror]]
location = "digests.test"

[[registry]]
prefix = "bad.test/x"
blocked = true
`;

const digest = `sha256:${'0'.repeat(64)}`;

async function places(name: string): Promise<string[]> {
  const registries = await parseRegistries(table, 'registries.conf');
  return placesOf(parseImageReference(name), { registries }).map(({ host, repository }) => `${host}/${repository}`);
}

test.each([
  ['ghcr.io/org/app:1', ['127.0.0.1:5000/copies/app']],
  ['ghcr.io/organ/app:1', ['ghcr.io/organ/app']],
  ['app:1', ['mirror.test/hub/library/app', 'tags.test/library/app', 'index.docker.io/library/app']],
  [`app@${digest}`, ['mirror.test/hub/library/app', 'index.docker.io/library/app']],
  ['a.wild.test:5000/app:1', ['one.test/all/app']],
  [`a.wild.test/app@${digest}`, ['digests.test/app', 'one.test/all/app']],
  ['wild.test/app:1', ['wild.test/app']],
  ['bad.test/y:1', ['bad.test/y']],
])('%s leads to %j', async (name, expected) => {
  expect(await places(name)).toEqual(expected);
});

test('what is blocked is neither read nor written', async () => {
  await expect(places('bad.test/x/app')).rejects.toThrowCode('OCI_REGISTRY_BLOCKED');
  const registries = await parseRegistries(table, 'registries.conf');
  const blocked = () => sourcePlace({ registry: 'bad.test', repository: 'x' }, { registries });
  expect(blocked).toThrowCode('OCI_REGISTRY_BLOCKED');
});

test('mirrors of the configuration come before those of the table', async () => {
  const registries = await parseRegistries(table, 'registries.conf');
  const all = placesOf(parseImageReference('app:1'), { registries, mirrors: { 'docker.io': ['first.test'] } });
  expect(all[0]).toEqual({ host: 'first.test', repository: 'library/app' });
});

test('insecure hosts are those of locations and mirrors', async () => {
  expect(insecureHostsOf(await parseRegistries(table, 'x'))).toEqual(['127.0.0.1:5000', 'tags.test']);
});

test('the longest prefix counts, whatever the order', async () => {
  const text = '[[registry]]\nprefix="a.test"\nlocation="b.test"\n[[registry]]\nprefix="a.test/x"\nlocation="c.test"\n';
  const registries = await parseRegistries(text, 'x');
  expect(sourcePlace({ registry: 'a.test', repository: 'x/y' }, { registries })).toEqual({
    host: 'c.test',
    repository: 'y',
  });
});

test.each([
  ['no TOML', '[[registry'],
  ['version 1', '[registries.search]\nregistries = []'],
  ['a registry without a name', '[[registry]]\nblocked = true'],
  ['a registry that is no table', 'registry = [1]'],
  ['registries that are no list', 'registry = 1'],
  ['a mirror without a location', '[[registry]]\nlocation="a"\n[[registry.mirror]]\ninsecure=true'],
  ['mirrors that are no list', '[[registry]]\nlocation="a"\nmirror=1'],
  ['a mirror that is no table', '[[registry]]\nlocation="a"\nmirror=[1]'],
  ['an unknown wish', '[[registry]]\nlocation="a"\n[[registry.mirror]]\nlocation="b"\npull-from-mirror="x"'],
  ['a text for a flag', '[[registry]]\nlocation="a"\nblocked="yes"'],
  ['a location with spaces', '[[registry]]\nlocation="a b"'],
  ['a path behind a wildcard', '[[registry]]\nprefix="*.a/b"'],
])('%s is a coded error', async (_, text) => {
  await expect(parseRegistries(text, 'registries.conf')).rejects.toThrowCode('OCI_REGISTRIES_INVALID');
});

test('an image is had from the location, and keeps its name', async () => {
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  const registry = await startRegistry();
  await registry.put('copies/task-api', 'v1.0.0', image);
  const text = `[[registry]]\nprefix = "ghcr.io/org"\nlocation = "${registry.host}/copies"\n`;
  const client = testClient({ registries: await parseRegistries(text, 'x') });
  expect(await client.resolve(parseImageReference('ghcr.io/org/task-api:v1.0.0'))).toBe(image.manifest.digest);
});
