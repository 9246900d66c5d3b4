import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type Ended, signingPlace, signingServices, writeKeys } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';

const found = await hasPeer('cosign');

const names = ['ours', 'cosign'] as const;
const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;
const digests = { 'ecdsa-p256': [], rsa: [], ed25519: [], 'ecdsa-p384': ['sha384'], 'ecdsa-p521': ['sha512'] };
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;

const matrix = names.flatMap((signer) =>
  kinds.flatMap((kind) => Object.entries(layouts).map(([layout, flags]) => ({ signer, kind, layout, flags }))),
);

/** cosign signs by Ed25519ph and checks by Ed25519, and so refuses what itself has signed. */
const isRefused = (kind: string, signer: string): boolean => kind === 'ed25519' && signer === 'cosign';

test.runIf(found).each(matrix)(
  'what $signer signs with a key of $kind as $layout, both verify: an image, and an index with all in it',
  async ({ signer, kind, flags }) => {
    const place = await signingPlace();
    await writeKeys(place, 'own', kind);
    const words = ['sign', '--key', 'own.key', ...flags, '-a', 'env=prod', '-r', place.index];
    expect(await programs[signer](place, words)).toMatchObject({ code: 0 });
    const hash = digests[kind].flatMap((name) => ['--signature-digest-algorithm', name]);
    for (const image of [place.index, place.name]) {
      const verify = ['verify', '--key', 'own.pub', '--insecure-ignore-tlog', '-a', 'env=prod', image];
      expect(await programs.ours(place, verify)).toMatchObject({ code: 0 });
      const theirs = await programs.cosign(place, [...verify, ...hash]);
      expect(theirs.code === 0).toBe(!isRefused(kind, signer));
    }
  },
);

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
