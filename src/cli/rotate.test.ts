import { expect, test } from 'vitest';
import { buildImage } from '../../testkit/image.ts';
import { type SigningPlace, signingPlace, writeKeys } from '../../testkit/signing.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false'];
const layouts = {
  bundle: noLog,
  legacy: [...noLog, '--new-bundle-format=false'],
} as const;
const both = ['rotate', '--insecure-ignore-tlog', '--old-key', 'old.pub', '--new-key', 'new.pub'];

async function placeWithKeys(): Promise<SigningPlace> {
  const place = await signingPlace();
  for (const name of ['old', 'new', 'other']) await writeKeys(place, name);
  return place;
}

async function sign({ run, registry }: SigningPlace, key: string, tag: string, flags: readonly string[] = noLog) {
  expect(await run(['sign', '--key', `${key}.key`, ...flags, `${registry.host}/app:${tag}`])).toMatchObject({
    code: 0,
  });
}

/** Cover and tags of each image, by the JSON that was printed. */
function coversIn(stdout: string) {
  const { images } = JSON.parse(stdout) as {
    readonly images: readonly { readonly cover: string; readonly tags: readonly string[] }[];
  };
  return Object.fromEntries(images.map(({ tags, cover }) => [tags.join(' '), cover]));
}

test.each(Object.entries(layouts))('images of a repository, signed as %s, are told apart', async (_, flags) => {
  const place = await placeWithKeys();
  const { registry, run } = place;
  for (const [index, tag] of ['3', '4'].entries()) {
    await registry.put('app', tag, buildImage({ layers: [[{ path: `more-${index}` }]] }));
  }
  await registry.put('app', 'again', place.image);
  await sign(place, 'old', '1', flags);
  await sign(place, 'old', '2', flags);
  await sign(place, 'new', '2', flags);
  await sign(place, 'new', '3', flags);
  await sign(place, 'other', '4', flags);
  const { code, stdout } = await run([...both, '--format', 'json', `${registry.host}/app`]);
  expect({ code, covers: coversIn(stdout) }).toEqual({
    code: 1,
    covers: { '1 again': 'old', '2': 'both', '3': 'new', '4': 'neither', index: 'neither' },
  });
});

test('the table has what is left first, with what it is that is left, and counts', async () => {
  const place = await placeWithKeys();
  const { registry, run, image } = place;
  await sign(place, 'new', '2');
  await sign(place, 'old', '1');
  const { stdout } = await run([...both, `${registry.host}/app`]);
  const name = `${registry.host}/app@${image.manifest.digest} (1)`;
  expect(stdout.split('\n')[0]).toMatch(/^old key only {2}/);
  expect(stdout).toContain(`${name}  `);
  expect(stdout).toContain('  signature\n');
  expect(stdout).toMatch(/\nImages: 3 \(1 old key only, 1 new key only, 1 neither key\)\n$/);
});

test('nothing is left when the new key has signed too: the program ends with 0', async () => {
  const place = await placeWithKeys();
  await sign(place, 'old', '1');
  expect(await place.run([...both, place.name])).toMatchObject({ code: 1 });
  await sign(place, 'new', '1');
  expect(await place.run([...both, place.name])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^both keys/),
  });
  expect(await place.run([...both.slice(0, 1), ...both.slice(2), place.name])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^neither key/),
  });
});

test('a new signature does not make up for an attestation that only the old key covers', async () => {
  const place = await placeWithKeys();
  const { run, at, name } = place;
  const { writeFileSync } = await import('node:fs');
  writeFileSync(at('predicate.json'), '{}');
  await sign(place, 'old', '1');
  await sign(place, 'new', '1');
  const attest = ['attest', '--key', 'old.key', ...noLog, '--type', 'https://example.com/checked', '--predicate'];
  expect(await run([...attest, 'predicate.json', name])).toMatchObject({ code: 0 });
  const { code, stdout } = await run([...both, name]);
  expect({ code, stdout }).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^old key only .* {2}https:\/\/example.com\/checked\n/),
  });
});

test('images in an index count where they were signed by themselves', async () => {
  const place = await placeWithKeys();
  const { run, registry, index } = place;
  expect(await run(['sign', '--recursive', '--key', 'old.key', ...noLog, index])).toMatchObject({ code: 0 });
  await sign(place, 'new', 'index');
  const { code, stdout } = await run([...both, '--format', 'json', index]);
  const { images } = JSON.parse(stdout) as {
    readonly images: readonly { readonly name: string; readonly cover: string }[];
  };
  expect({ code, covers: images.map(({ cover }) => cover) }).toEqual({ code: 1, covers: ['both', 'old', 'old'] });
  for (const { name } of images.filter(({ cover }) => cover === 'old')) {
    expect(await run(['sign', '--key', 'new.key', ...noLog, name])).toMatchObject({ code: 0 });
  }
  expect(await run([...both, `${registry.host}/app:index`])).toMatchObject({ code: 0 });
});

test('directories are looked at without a registry', async () => {
  const place = await placeWithKeys();
  await sign(place, 'old', '1');
  expect(await place.run(['save', '--dir', place.at('saved'), place.name])).toMatchObject({ code: 0 });
  const { code, stdout } = await place.run([...both, '--local-image', place.at('saved')]);
  expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringMatching(/^old key only/) });
});

test('what cannot be had is not known, and no reason to leave out the rest', async () => {
  const place = await placeWithKeys();
  const { registry, run, name } = place;
  await sign(place, 'new', '1');
  const missing = `${registry.host}/app:none`;
  const { code, stdout } = await run([...both, name, missing]);
  expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringMatching(/not known +\S+:none/) });
  await sign(place, 'old', '2');
  expect(await run([...both, missing, `${registry.host}/app:2`])).toMatchObject({ code: 1 });
});

test('both keys must be told', async () => {
  const place = await placeWithKeys();
  const { code, stderr } = await place.run(['rotate', '--old-key', 'old.pub', place.name]);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('CLI_ROTATE_KEYS') });
});
