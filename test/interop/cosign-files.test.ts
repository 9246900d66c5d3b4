import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildImage } from '../../testkit/image.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { type Ended, type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';
import { legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';

const found = await hasPeer('cosign');

const key = makeKey();
const stack = makeStack();
const image = (path: string) => buildImage({ layers: [[{ path }]] });

async function prepare(): Promise<SigningPlace> {
  const place = await signingPlace();
  const { registry } = place;
  for (const name of ['signed', 'plain']) await registry.put(name, '1', image(name));
  const { manifest } = image('signed');
  const layer = signLegacy(stack, {
    digest: manifest.digest,
    kind: 'signature',
    key,
    log: 'none',
    annotations: { env: 'test' },
  });
  const legacy = legacyManifest([layer]);
  await registry.putManifest('signed', legacyTag(manifest, 'sig'), legacy.manifest, legacy.blobs);
  writeFileSync(place.at('key.pub'), key.pem);
  return place;
}

/** What is told before the images are asked for, and what ends it. */
function told({ stderr }: Ended): string[] {
  return stderr.split('\n').filter((line) => /^(- |Extracted|Error: no images)/.test(line));
}

const pod = (...images: string[]): string =>
  `kind: Pod\nspec:\n  containers:\n${images.map((name) => `  - image: "${name}"\n`).join('')}`;

test.runIf(found).each([
  ['stages', 'dockerfile', [], 'FROM HOST/signed:1 AS build\nFROM scratch\nFROM build\n', 0],
  ['variables', 'dockerfile', [], 'ARG NAME=signed\nFROM HOST/${NAME}:$TAG\n', 0],
  ['what is copied', 'dockerfile', [], 'FROM HOST/signed:1\nCOPY --from=HOST/plain:1 /a /a\n', 10],
  ['only the base', 'dockerfile', ['--base-image-only'], 'FROM HOST/plain:1 AS a\nFROM HOST/signed:1\n', 0],
  ['no signature', 'dockerfile', [], 'FROM HOST/plain:1\n', 10],
  ['no tag', 'dockerfile', [], 'FROM HOST/plain:other\n', 11],
  ['nothing', 'dockerfile', [], 'FROM scratch\n', 1],
  ['no value', 'dockerfile', [], 'FROM $NOWHERE\n', 1],
  ['a pod', 'manifest', [], pod('HOST/signed:1'), 0],
  ['another image', 'manifest', [], pod('HOST/signed:1', 'HOST/plain:1'), 10],
  ['no pod', 'manifest', [], 'kind: ConfigMap\n', 1],
] as const)('cosign and we judge a file alike: %s in a %s', async (_, family, flags, text, code) => {
  const file = family === 'manifest' ? 'pod.yaml' : 'Dockerfile';
  const place = await prepare();
  writeFileSync(place.at(file), text.replaceAll('HOST', place.registry.host));
  const words = [family, 'verify', ...flags, '--key', 'key.pub', '--insecure-ignore-tlog', place.at(file)];
  const theirs = await programs.cosign(place, words, { TAG: '1' });
  const ours = await programs.ours(place, words, { TAG: '1' });
  expect({ code: theirs.code, text: theirs.stderr }).toMatchObject({ code });
  expect({ code: ours.code, text: ours.stderr }).toMatchObject({ code });
  expect(told(ours)).toEqual(told(theirs));
  // cosign tells of the images before the one that does not hold.
  expect(ours.stdout.trim()).toBe(code === 0 ? theirs.stdout.trim() : '');
});
