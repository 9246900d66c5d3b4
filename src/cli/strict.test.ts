import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage, buildIndex, descriptor, toBlob } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { bundleManifest, legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy, simpleSigning } from '../../testkit/sigstore/legacy.ts';
import { makeStack, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const key = makeKey();
const images = [
  buildImage({ layers: [[{ path: 'a' }]] }),
  buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' }),
] as const;
const index = buildIndex(images);
const [amd64, arm64] = [images[0].manifest, images[1].manifest];
type Blob = typeof amd64;

async function workplace() {
  const registry = await startRegistry();
  for (const image of images) await registry.put('app', image.platform.architecture, image);
  await registry.putManifest('app', 'index', index, []);
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('root.json'), stack.trustedRoot());
  writeFileSync(at('key.pub'), key.pem);
  const sign = async (subject: Blob, predicateType = 'https://sigstore.dev/cosign/sign/v1', by = key) => {
    const statement = statementAbout(subject.bytes, { predicateType });
    const { bundle } = signBundle(stack, { artifact: subject.bytes, content: 'statement', statement, key: by });
    const { manifest, blobs } = bundleManifest(subject, bundle);
    await registry.putManifest('app', manifest.digest, manifest, blobs);
  };
  const signOld = async (subject: Blob, payload: Buffer) => {
    const layer = signLegacy(stack, { digest: subject.digest, kind: 'signature', key, payload });
    const { manifest, blobs } = legacyManifest([layer]);
    await registry.putManifest('app', legacyTag(subject, 'sig'), manifest, blobs);
  };
  const run = async (words: readonly string[]) => {
    const [command = '', ...rest] = words;
    const commands = command.split(' ');
    const proof = ['--key', at('key.pub'), '--trusted-root', at('root.json')];
    const host = makeHost([...commands, ...proof, ...rest], { environment: { HOME: directory } });
    return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
  };
  return { registry, sign, signOld, run, name: (tag: string) => `${registry.host}/app:${tag}` };
}

test('of an index every image must be signed, and each signature is printed with what it is of', async () => {
  const { sign, run, name } = await workplace();
  await sign(index);
  await sign(amd64);
  expect(await run(['verify', name('index')])).toMatchObject({ code: 0 });
  const refused = await run(['verify', '--strict', name('index')]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`The image for linux/arm64 in the index (${arm64.digest}) does not hold`);
  await sign(arm64, undefined, makeKey());
  expect((await run(['verify', '--strict', name('index')])).stderr).toContain('another');
  await sign(arm64);
  const { code, stdout } = await run(['verify', '--strict', name('index')]);
  expect(code).toBe(0);
  const printed: { critical: { image: object } }[] = JSON.parse(stdout);
  expect(printed.map(({ critical }) => Object.values(critical.image)[0]).toSorted()).toEqual(
    [index.digest, amd64.digest, arm64.digest].toSorted(),
  );
  expect(await run(['verify', '--strict', name('amd64')])).toMatchObject({ code: 0 });
});

test('attestations of a type must be there for every image of an index', async () => {
  const { sign, run, name } = await workplace();
  const type = 'https://example.com/predicate';
  const words = ['verify-attestation', '--strict', '--type', type];
  await sign(index, type);
  await sign(amd64, type);
  await sign(arm64);
  expect(await run([...words, name('index')])).toMatchObject({ code: 1 });
  await sign(arm64, type);
  const { code, stdout } = await run([...words, name('index')]);
  expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 3 });
});

test('an attestation is no signature, under the name cosign either', async () => {
  const { sign, run, name } = await workplace();
  await sign(amd64, 'https://example.com/predicate');
  expect(await run(['cosign verify', name('amd64')])).toMatchObject({ code: 0 });
  expect(await run(['cosign verify', '--strict', name('amd64')])).toMatchObject({ code: 1 });
});

const payloadOf = (reference: string, type = 'cosign container image signature'): Buffer => {
  const payload = JSON.parse(simpleSigning(amd64.digest).toString());
  return Buffer.from(
    JSON.stringify({
      ...payload,
      critical: { ...payload.critical, identity: { 'docker-reference': reference }, type },
    }),
  );
};

test.each([
  ['another repository', 'HOST/other', undefined, 'is about'],
  ['no image', 'NOT A NAME', undefined, 'is about'],
  ['another registry', 'registry.example.com/app', undefined, 'is about'],
  ['another type', 'HOST/app', 'atomic container signature', 'is of the type atomic container signature'],
])('a payload in the older layout that names %s is refused', async (_, reference, type, told) => {
  const { registry, signOld, run, name } = await workplace();
  await signOld(amd64, payloadOf(reference.replace('HOST', registry.host), type));
  expect(await run(['verify', name('amd64')])).toMatchObject({ code: 0 });
  const { code, stderr } = await run(['verify', '--strict', name('amd64')]);
  expect({ code, told: stderr.includes(told) }).toEqual({ code: 1, told: true });
});

test('a payload that names the repository, whatever the tag, is accepted', async () => {
  const { registry, signOld, run, name } = await workplace();
  await signOld(amd64, payloadOf(`${registry.host}/app:other`));
  expect(await run(['verify', '--strict', name('amd64')])).toMatchObject({ code: 0 });
});

test('signers are counted for each image of an index', async () => {
  const { sign, run, name } = await workplace();
  for (const one of [index, amd64, arm64]) await sign(one);
  expect(await run(['verify', '--strict', '--threshold', '2', name('index')])).toMatchObject({ code: 1 });
  expect(await run(['verify', '--strict', '--threshold', '1', name('index')])).toMatchObject({ code: 0 });
});

test('what BuildKit attests of an image in an index need not be signed, and indexes in an index are looked at', async () => {
  const { registry, sign, run } = await workplace();
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const provenance = buildImage({ layers: [[{ path: 'provenance' }]] });
  await registry.put('app', 'provenance', provenance);
  const attested = provenance.manifest;
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': amd64.digest,
  };
  const inner = toBlob(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType,
        manifests: [descriptor(arm64), { ...descriptor(attested), annotations }],
      }),
    ),
    mediaType,
  );
  const outer = toBlob(
    Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [descriptor(amd64), descriptor(inner)] })),
    mediaType,
  );
  await registry.putManifest('app', 'inner', inner, []);
  await registry.putManifest('app', 'outer', outer, []);
  for (const one of [outer, inner, amd64]) await sign(one);
  const words = ['verify', '--strict', `${registry.host}/app:outer`];
  const refused = await run(words);
  expect({ code: refused.code, told: refused.stderr.includes(arm64.digest) }).toEqual({ code: 1, told: true });
  await sign(arm64);
  expect(await run(words)).toMatchObject({ code: 0 });
});
