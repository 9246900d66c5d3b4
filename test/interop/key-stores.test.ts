import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startKeyStores } from '../../testkit/key-stores.ts';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { signingPlace } from '../../testkit/signing.ts';

const found = await hasPeer('cosign');
const names = ['ours', 'cosign'] as const;
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];

/** Both programs with the same environment; cosign writes cosign.pub where it runs. */
async function programs() {
  const [place, stores] = [await signingPlace(), await startKeyStores()];
  const environment = {
    COSIGN_PASSWORD: 'a password',
    GITHUB_HOST: stores.address,
    GITHUB_TOKEN: 'a-token',
    GITLAB_HOST: stores.address,
    GITLAB_TOKEN: 'a-token',
    HOME: place.directory,
    TUF_ROOT: place.at('tuf'),
  };
  const prefix = ['--output-key-prefix', place.at('cosign')];
  return {
    place,
    stores,
    run: {
      ours: (words: readonly string[]) => place.run(words, { environment }),
      cosign: (words: readonly string[]) => runPeer('cosign', words, { environment, cwd: place.directory }),
    },
    /** The words of generate-key-pair for either. */
    make: {
      ours: (where: string) => ['generate-key-pair', where, ...prefix],
      cosign: (where: string) => ['generate-key-pair', where],
    },
  };
}

test.runIf(found).each(names)('what %s keeps in GitLab, both sign and verify with', async (maker) => {
  const { place, stores, run, make } = await programs();
  const made = await run[maker](make[maker]('gitlab://org/app'));
  expect(made, String(made.stderr)).toMatchObject({ code: 0 });
  for (const signer of names) {
    const signed = await run[signer](['sign', '--key', 'gitlab://org/app', ...noLog, place.name]);
    expect(signed, String(signed.stderr)).toMatchObject({ code: 0 });
  }
  for (const name of names) {
    const verify = ['verify', '--key', 'gitlab://org/app', '--insecure-ignore-tlog', place.name];
    expect(await run[name](verify)).toMatchObject({ code: 0 });
  }
  expect(stores.unanswered).toEqual([]);
});

test.runIf(found).each(names.flatMap((maker) => ['org/app', 'org'].map((where) => ({ maker, where }))))(
  'what $maker keeps in GitHub of $where is encrypted for it alone, and opens with the password',
  async ({ maker, where }) => {
    const { place, stores, run, make } = await programs();
    const made = await run[maker](make[maker](`github://${where}`));
    expect(made, String(made.stderr)).toMatchObject({ code: 0 });
    const at = where.includes('/') ? `repos/${where}` : `orgs/${where}`;
    expect(stores.kept.get(`${at}/COSIGN_PASSWORD`)).toBe('a password');
    expect(stores.kept.get(`${at}/COSIGN_PUBLIC_KEY`)).toBe(readFileSync(place.at('cosign.pub'), 'utf8'));
    expect(stores.kept.get(`${at}/COSIGN_PRIVATE_KEY`)).toMatch(/^-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n/);
  },
);
