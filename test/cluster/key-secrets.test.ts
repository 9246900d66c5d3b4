import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { signingPlace } from '../../testkit/signing.ts';
import { skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const names = ['ours', 'cosign'] as const;
const hasCosign = skipReason === undefined && (await hasPeer('cosign'));

describe.skipIf(skipReason !== undefined)(titled('key pairs in secrets of a cluster'), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  /** Both programs with the same kubeconfig; cosign writes cosign.pub where it runs. */
  async function programs() {
    const place = await signingPlace();
    const environment = {
      KUBECONFIG: plane.kubeconfig,
      COSIGN_PASSWORD: 'a password',
      HOME: place.directory,
      TUF_ROOT: place.at('tuf'),
    };
    return {
      place,
      ours: (words: readonly string[]) => place.run(words, { environment }),
      cosign: (words: readonly string[]) => runPeer('cosign', words, { environment, cwd: place.directory }),
    };
  }

  const make = (where: string, prefix: string) => ['generate-key-pair', where, '--output-key-prefix', prefix];

  test('a pair is made, signs and verifies, and is not replaced', async () => {
    const { place, ours } = await programs();
    const [where, prefix] = ['k8s://default/ours-alone', place.at('cosign')];
    expect(await ours(make(where, prefix))).toMatchObject({ code: 0 });
    expect(await ours(['sign', '--key', where, ...noLog, place.name])).toMatchObject({ code: 0 });
    expect(await ours(['verify', '--key', where, '--insecure-ignore-tlog', place.name])).toMatchObject({ code: 0 });
    const again = await ours(make(where, prefix));
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_STORE_TAKEN') });
    const missing = await ours(['public-key', '--key', 'k8s://default/none']);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_STORE_REFUSED') });
  });

  test.runIf(hasCosign).each(names)('what %s keeps, both sign and verify with', async (maker) => {
    const { place, ...run } = await programs();
    const where = `k8s://default/by-${maker}`;
    const made = await run[maker](make(where, place.at('cosign')));
    expect(made, String(made.stderr)).toMatchObject({ code: 0 });
    const { stdout } = await run.ours(['public-key', '--key', where]);
    expect(stdout).toBe(readFileSync(place.at('cosign.pub'), 'utf8'));
    for (const signer of names) {
      const signed = await run[signer](['sign', '--key', where, ...noLog, place.name]);
      expect(signed, String(signed.stderr)).toMatchObject({ code: 0 });
    }
    for (const name of names) {
      const verify = ['verify', '--key', where, '--insecure-ignore-tlog', place.name];
      expect(await run[name](verify)).toMatchObject({ code: 0 });
    }
  });
});
