import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { buildImage } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';

const run = promisify(execFile);
const found = await run('sh', ['-c', 'command -v cosign']).then(
  () => true,
  () => false,
);
if (!found && process.env['REQUIRE_PEERS'] === '1') expect.fail('cosign is not installed');

const key = makeKey();
const stack = makeStack();
const image = (path: string) => buildImage({ layers: [[{ path }]] });

async function prepare(): Promise<string> {
  const registry = await startRegistry();
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
  return registry.host;
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function both(words: readonly string[], file: string, text: string): Promise<{ theirs: Answer; ours: Answer }> {
  const home = temporaryDirectory();
  writeFileSync(join(home, 'key.pub'), key.pem);
  writeFileSync(join(home, file), text);
  const args = [...words, '--key', join(home, 'key.pub'), '--insecure-ignore-tlog', join(home, file)];
  const env = { HOME: home, PATH: process.env['PATH'], TAG: '1' };
  const theirs = await run('cosign', args, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
  const host = makeHost(['cosign', ...args], { environment: { HOME: home, TAG: '1' } });
  const code = await runProgram(host);
  return { theirs, ours: { code, stdout: host.stdout.text(), stderr: host.stderr.text() } };
}

/** What is told before the images are asked for, and what ends it. */
function told({ stderr }: Answer): string[] {
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
  const host = await prepare();
  const { theirs, ours } = await both([family, 'verify', ...flags], file, text.replaceAll('HOST', host));
  expect({ code: theirs.code, text: theirs.stderr }).toMatchObject({ code });
  expect({ code: ours.code, text: ours.stderr }).toMatchObject({ code });
  expect(told(ours)).toEqual(told(theirs));
  // cosign tells of the images before the one that does not hold.
  expect(ours.stdout.trim()).toBe(code === 0 ? theirs.stdout.trim() : '');
});
