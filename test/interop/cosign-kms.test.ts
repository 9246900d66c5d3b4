import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installKmsPlugin } from '../../testkit/kms-plugin.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { startTransit } from '../../testkit/transit.ts';

const found = await hasPeer('cosign');
const names = ['ours', 'cosign'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;

/** Both programs with the same environment, each telling how it ended. */
function programs({ directory, run }: SigningPlace, more: Readonly<Record<string, string>>) {
  const shared = { HOME: directory, COSIGN_PASSWORD: '', TUF_ROOT: `${directory}/tuf`, ...more };
  return {
    ours: (words: readonly string[]) => run(['cosign', ...words], { environment: shared }),
    cosign: (words: readonly string[]) => runPeer('cosign', words, { environment: shared, cwd: directory }),
  };
}

/** cosign signs with SHA-256 whatever the curve, and with nothing that verifies for Ed25519. */
const kinds = ['ecdsa-p256', 'rsa-2048'] as const;
const matrix = names.flatMap((signer) =>
  kinds.flatMap((kind) => Object.entries(layouts).map(([layout, flags]) => ({ signer, kind, layout, flags }))),
);

test.runIf(found).each(matrix)(
  'what $signer signs with a key of $kind in Vault as $layout, both verify, by Vault and by the public key',
  async ({ signer, kind, flags }) => {
    const [place, transit] = [await signingPlace(), await startTransit()];
    writeFileSync(place.at('k.pub'), transit.rotate('k', kind).pem);
    const run = programs(place, { VAULT_ADDR: transit.address, VAULT_TOKEN: 'a-token' });
    expect(await run[signer](['sign', '--key', 'hashivault://k', ...flags, place.name])).toMatchObject({ code: 0 });
    for (const key of ['hashivault://k', 'openbao://k', 'k.pub']) {
      const verify = ['verify', '--key', key, '--insecure-ignore-tlog', place.name];
      for (const name of names) expect(await run[name](verify)).toMatchObject({ code: 0 });
    }
    expect(transit.unanswered).toEqual([]);
  },
);

test.runIf(found)('a key that one makes in Vault, the other shows', async () => {
  const [place, transit] = [await signingPlace(), await startTransit({ mount: 'signing', namespace: 'team' })];
  const run = programs(place, {
    BAO_ADDR: transit.address,
    BAO_TOKEN: 'a-token',
    VAULT_NAMESPACE: 'team',
    TRANSIT_SECRET_ENGINE_PATH: 'signing',
  });
  for (const name of names) {
    const made = ['generate-key-pair', '--kms', `openbao://${name}`, '--output-key-prefix', place.at(name)];
    expect(await run[name](made)).toMatchObject({ code: 0 });
    const [ours, theirs] = [
      await run.ours(['public-key', '--key', `hashivault://${name}`]),
      await run.cosign(['public-key', '--key', `hashivault://${name}`]),
    ];
    expect(ours.stdout).toBe(theirs.stdout.toString('utf8'));
  }
  expect(transit.unanswered).toEqual([]);
});

test.runIf(found).each(names)('what %s signs with a key of a plugin, both verify', async (signer) => {
  const place = await signingPlace();
  const { directory, keyPath } = installKmsPlugin('my-hsm');
  const run = programs(place, { PATH: `${directory}:${process.env['PATH']}` });
  const reference = `my-hsm://${keyPath}`;
  const make = ['generate-key-pair', '--kms', reference, '--output-key-prefix', place.at('hsm')];
  expect(await run[signer](make)).toMatchObject({ code: 0 });
  expect(await run[signer](['sign', '--key', reference, ...noLog, place.name])).toMatchObject({ code: 0 });
  const verify = ['verify', '--key', 'hsm.pub', '--insecure-ignore-tlog', place.name];
  for (const name of names) expect(await run[name](verify)).toMatchObject({ code: 0 });
  const byPlugin = ['verify', '--key', reference, '--insecure-ignore-tlog', place.name];
  expect(await run.ours(byPlugin)).toMatchObject({ code: 0 });
});
