import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const key = makeKey();

/** A registry where `signed:1` is signed and `plain:1` is not. */
async function prepare() {
  const registry = await startRegistry();
  for (const name of ['signed', 'plain']) await registry.put(name, '1', image(name));
  const { manifest } = image('signed');
  const legacy = legacyManifest([signLegacy(stack, { digest: manifest.digest, kind: 'signature', key })]);
  await registry.putManifest('signed', legacyTag(manifest, 'sig'), legacy.manifest, legacy.blobs);
  return registry;
}

const image = (path: string) => buildImage({ layers: [[{ path }]] });

async function run(command: readonly string[], text: string | Buffer, environment: Record<string, string> = {}) {
  const home = temporaryDirectory();
  const at = (name: string): string => join(home, name);
  writeFileSync(at('root.json'), stack.trustedRoot());
  writeFileSync(at('key.pub'), key.pem);
  writeFileSync(at('file.yaml'), text);
  const words = [...command, '--key', at('key.pub'), '--trusted-root', at('root.json'), at('file.yaml')];
  const host = makeHost(words, { environment: { HOME: home, ...environment } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

const dockerfile = ['cosign', 'dockerfile', 'verify'];
const manifest = ['cosign', 'manifest', 'verify'];

test('the images of a Dockerfile are verified, stages are not', async () => {
  const { host } = await prepare();
  const text = `ARG TAG=1\nFROM $HOST/signed:$TAG AS build\nFROM scratch\nFROM build\n`;
  for (const command of [dockerfile, ['verify-dockerfile']]) {
    const { code, stdout, stderr } = await run(command, text, { HOST: host });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain(
      `- scratch image ignored\n- stage reference ignored: build\nExtracted image(s): ${host}/signed:1\n`,
    );
    expect(JSON.parse(stdout)[0].critical.image['docker-manifest-digest']).toBe(image('signed').manifest.digest);
  }
});

test('one image that is not signed refuses the Dockerfile, unless only the base counts', async () => {
  const { host } = await prepare();
  const text = `FROM ${host}/plain:1 AS build\nFROM ${host}/signed:1\nCOPY --from=build /a /a\n`;
  expect(await run(dockerfile, text)).toMatchObject({ code: 10, stdout: '' });
  expect(await run(['verify-dockerfile'], text)).toMatchObject({ code: 1, stdout: '' });
  expect(await run([...dockerfile, '--base-image-only'], text)).toMatchObject({ code: 0 });
  const turned = `FROM ${host}/plain:1\nCOPY --from=${host}/signed:1 /a /a\n`;
  expect(await run([...dockerfile, '--base-image-only'], turned)).toMatchObject({ code: 10, stdout: '' });
});

test('the images of a manifest are verified', async () => {
  const { host } = await prepare();
  const pod = (name: string): string => `kind: Pod\nspec: { containers: [{ image: "${host}/${name}:1" }] }\n`;
  const good = await run(manifest, pod('signed'));
  expect(good).toMatchObject({ code: 0 });
  expect(good.stderr).toContain(`Extracted image(s): ${host}/signed:1\n`);
  expect(await run(['verify-manifest'], pod('signed'))).toMatchObject({ code: 0 });
  expect(await run(manifest, `${pod('signed')}---\n${pod('plain')}`)).toMatchObject({ code: 10, stdout: '' });
});

test.each([
  [dockerfile, 'FROM scratch\n', 'Error: no images found in Dockerfile\n'],
  [manifest, 'kind: ConfigMap\n', 'Error: no images found in manifest\n'],
  [['verify-manifest'], '', 'CLI_FILE_WITHOUT_IMAGES'],
  [['verify-dockerfile'], 'FROM $NOWHERE\n', 'PIN_IMAGE_UNKNOWN'],
  [['verify-dockerfile'], 'FROM Not/A:Name!\n', 'CORE_REFERENCE_INVALID'],
  [['verify-manifest'], 'containers: [{ image: "a\\u001b[31m" }]\n', 'CORE_REFERENCE_INVALID'],
  [['verify-manifest'], Buffer.from([0xff]), 'PIN_FILE_INVALID'],
])('%j fails closed on %j', async (command, text, told) => {
  const { code, stdout, stderr } = await run(command, text);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(told);
  expect(stderr).not.toContain('\u001b[31m');
});
