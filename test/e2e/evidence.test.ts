import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { buildEvidencedIndex, evidenceTag, putEvidencedIndex } from '../../testkit/evidence.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { legacyManifest } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { runCli } from './cli.ts';

test('what was saved is shown, fetched, verified and copied without a socket', async () => {
  const registry = await startRegistry();
  const whole = buildEvidencedIndex();
  const key = makeKey();
  await putEvidencedIndex(registry, 'app', '1', whole);
  const signature = signLegacy(makeStack(), { digest: whole.index.digest, kind: 'signature', key, log: 'none' });
  const { manifest, blobs } = legacyManifest([signature]);
  await registry.putManifest('app', evidenceTag(whole.index, 'sig'), manifest, blobs);
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'key.pub'), key.pem);
  const name = `${registry.host}/app:1`;
  expect(await runCli(['save', '--dir', 'saved', name], { cwd })).toMatchObject({ code: 0 });
  const asked = registry.seen.length;
  const verify = ['verify', '--offline', '--local-image', '--insecure-ignore-tlog', '--key', 'key.pub', 'saved'];
  for (const words of [
    ['tree', '--offline', 'oci:saved'],
    ['download', 'signature', '--offline', 'oci:saved'],
    ['copy', '--offline', 'oci:saved', 'oci:copied:1'],
    verify,
  ]) {
    expect({ words, ...(await runCli(words, { cwd })) }).toMatchObject({ words, code: 0 });
  }
  for (const words of [
    ['tree', '--offline', name],
    ['load', '--offline', '--dir', 'saved', `${registry.host}/loaded:1`],
    ['initialize', '--offline', '--mirror', `http://${registry.host}`, '--root', 'key.pub'],
  ]) {
    expect((await runCli(words, { cwd })).code).toBe(1);
  }
  expect(registry.seen).toHaveLength(asked);
});
