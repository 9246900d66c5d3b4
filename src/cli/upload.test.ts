import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signingPlace } from '../../testkit/signing.ts';

async function workplace() {
  const place = await signingPlace();
  writeFileSync(place.at('words.txt'), 'some words\n');
  writeFileSync(place.at('page.txt'), '<p>some words</p>');
  const [words, page] = [place.at('words.txt'), place.at('page.txt')];
  const image = `${place.registry.host}/files:1`;
  const manifest = async (reference: string) =>
    (await fetch(`http://${place.registry.host}/v2/files/manifests/${reference}`)).json();
  return { ...place, words, page, image, manifest };
}

test('a file is an image of one layer, whose type its content tells', async () => {
  const { run, words, image, manifest, registry } = await workplace();
  const { code, stdout, stderr } = await run(['upload', 'blob', '-f', words, '-a', 'b=2', '-a', 'a=1', image]);
  expect(code).toBe(0);
  const [, digest = ''] = stdout.trim().split('@');
  expect(stderr).toContain(`is available directly at [${registry.host}/v2/files/blobs/sha256:`);
  const stored = await manifest(digest);
  expect(stored).toEqual(await manifest('1'));
  expect(stored).toMatchObject({ layers: [{ mediaType: 'text/plain', size: 11 }], annotations: { a: '1', b: '2' } });
});

test('files of several platforms are an index', async () => {
  const { run, words, page, image, manifest } = await workplace();
  const files = ['-f', `${words}:linux/amd64`, '-f', `${page}:darwin`];
  expect(await run(['cosign', 'upload', 'blob', ...files, image])).toMatchObject({ code: 0, stdout: '' });
  const { manifests } = (await manifest('1')) as { manifests: { digest: string }[] };
  expect(manifests).toMatchObject([
    { platform: { os: 'linux', architecture: 'amd64' } },
    { platform: { os: 'darwin', architecture: '' } },
  ]);
  expect(await manifest(manifests[1]?.digest ?? '')).toMatchObject({ layers: [{ mediaType: 'text/html' }] });
});

test.each([
  [[], 'CLI_USAGE'],
  [['-f', 'words.txt', '-f', 'page.txt'], 'CLI_USAGE'],
  [['-f', 'nowhere.txt'], 'DISK_NOT_FOUND'],
  [['-f', 'words.txt', '-a', 'b'], 'CLI_ANNOTATION_INVALID'],
])('upload blob %j is refused with %s', async (flags, told) => {
  const { run, image, manifest } = await workplace();
  const { code, stderr } = await run(['upload', 'blob', ...flags, image]);
  expect({ code, told: stderr.includes(told) }).toEqual({ code: 1, told: true });
  expect(await manifest('1')).toMatchObject({ errors: [{ code: 'MANIFEST_UNKNOWN' }] });
});
