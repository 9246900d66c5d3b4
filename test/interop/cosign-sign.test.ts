import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type Ended, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');

const names = ['ours', 'cosign'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;

test.runIf(found).each(names.flatMap((signer) => (['v1', 'v2'] as const).map((log) => ({ signer, log }))))(
  'what $signer signs keyless, and with a key, at services with Rekor $log, both verify',
  async ({ signer, log }) => {
    const place = await signingPlace();
    const services = await signingServices(place, log);
    await writeKeys(place, 'own');
    const sign = programs[signer];
    expect(await sign(place, ['sign', ...services.token, ...services.flags, place.name])).toMatchObject({ code: 0 });
    expect(await sign(place, ['sign', '--key', 'own.key', ...services.flags, place.index])).toMatchObject({ code: 0 });
    for (const verify of Object.values(programs)) {
      expect(await verify(place, ['verify', ...services.who, place.name])).toMatchObject({ code: 0 });
      const byKey = ['verify', '--key', 'own.pub', ...services.trust, place.index];
      expect(await verify(place, byKey)).toMatchObject({ code: 0 });
    }
    expect(services.unanswered).toEqual([]);
  },
);

test.runIf(found).each(names)('what %s signs keyless in the older layout, both verify', async (signer) => {
  const place = await signingPlace();
  const { url, token, trust, who } = await signingServices(place, 'v1');
  const addresses = ['--fulcio-url', url, '--rekor-url', url, '--timestamp-server-url', `${url}/api/v1/timestamp`];
  const flags = ['--use-signing-config=false', '--new-bundle-format=false', '--yes', ...trust, ...addresses];
  expect(await programs[signer](place, ['sign', ...token, ...flags, place.name])).toMatchObject({ code: 0 });
  for (const verify of Object.values(programs)) {
    expect(await verify(place, ['verify', ...who, place.name])).toMatchObject({ code: 0 });
  }
});

test.runIf(found).each(Object.entries(layouts))(
  'both sign the same image as %s, and nothing is lost',
  async (_, flags) => {
    const place = await signingPlace();
    for (const name of names) {
      await writeKeys(place, name);
      expect(await programs[name](place, ['sign', '--key', `${name}.key`, ...flags, place.name])).toMatchObject({
        code: 0,
      });
    }
    for (const key of names) {
      const verify = ['verify', '--key', `${key}.pub`, '--insecure-ignore-tlog', place.name];
      for (const program of Object.values(programs)) expect(await program(place, verify)).toMatchObject({ code: 0 });
    }
  },
);

const fights: readonly (readonly string[])[] = [
  ['--rekor-url', 'https://rekor.example.com'],
  ['--tlog-upload=false'],
  ['--new-bundle-format=false'],
  ['--signing-config', 'config.json', '--use-signing-config'],
  ['--upload=false'],
];

test.runIf(found).each(fights)(
  'cosign and we refuse flags that fight with the same words: %s %s %s',
  async (...flags) => {
    const place = await signingPlace();
    const words = ['sign', '--key', 'own.key', ...flags, place.name];
    const [theirs, ours] = [await programs.cosign(place, words), await programs.ours(place, words)];
    const ends = ({ code, stderr }: Ended) => ({ code, lines: stderr.trimEnd().split('\n').slice(-2) });
    expect(ends(ours)).toEqual(ends(theirs));
  },
);
