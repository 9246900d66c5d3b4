import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { type Ended, type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';
import { type ServedStack, serveStack } from '../../testkit/sigstore/http/serve.ts';

const found = await hasPeer('cosign');

interface Place extends SigningPlace {
  readonly services: ServedStack;
  readonly flags: readonly string[];
  readonly bin: string;
}

/** Services, and a browser in which a person agrees to everything. */
async function place(): Promise<Place> {
  const signing = await signingPlace();
  const services = await serveStack();
  writeFileSync(signing.at('root.json'), services.trustedRoot());
  writeFileSync(signing.at('config.json'), services.signingConfig('v1'));
  writeFileSync(signing.at('secret.txt'), 'hunter2');
  const bin = temporaryDirectory();
  const browser = join(bin, 'xdg-open');
  const goes = 'fetch(process.argv[1]).then((answer) => answer.text())';
  // As the real one it does not wait for the page, and cosign waits for it.
  writeFileSync(browser, `#!/bin/sh\n'${process.execPath}' -e '${goes}' "$1" >/dev/null 2>&1 &\n`);
  chmodSync(browser, 0o755);
  const files = ['--signing-config', 'config.json', '--trusted-root', 'root.json', '--yes'];
  return { ...signing, services, bin, flags: [...files, '--oidc-disable-ambient-providers'] };
}

type Name = keyof typeof programs;

function run(program: Name, place: Place, words: readonly string[]): Promise<Ended> {
  return programs[program](place, words, { PATH: `${place.bin}:${process.env['PATH']}` });
}

const names = ['ours', 'cosign'] as const;
const flows: Readonly<Record<string, readonly string[]>> = {
  'a code without being asked for one': [],
  'a code': ['--fulcio-auth-flow=device'],
  'a browser': ['--fulcio-auth-flow=normal'],
  'a secret': ['--fulcio-auth-flow=client_credentials', '--oidc-client-secret-file', 'secret.txt'],
};

test
  .runIf(found)
  .each(names.flatMap((signer) => Object.entries(flows).map(([flow, flags]) => ({ signer, flow, flags }))))(
  '$signer logs in by $flow and signs; both verify',
  async ({ signer, flow, flags }) => {
    const here = await place();
    const { services, name } = here;
    if (flow === 'a secret') services.issuer.rules.secrets['sigstore'] = 'hunter2';
    services.issuer.user = { sub: 'me', email: `${signer}@example.com`, email_verified: true };
    expect(await run(signer, here, ['sign', ...flags, ...here.flags, name])).toMatchObject({ code: 0 });
    const who = ['--certificate-identity', `${signer}@example.com`, '--certificate-oidc-issuer', services.issuer.url];
    for (const verifier of names) {
      const words = ['verify', ...who, '--trusted-root', 'root.json', name];
      expect(await run(verifier, here, words)).toMatchObject({ code: 0 });
    }
    expect(services.unanswered).toEqual([]);
  },
);

test.runIf(found).each(names)('%s is refused with a secret that is not the one', async (signer) => {
  const here = await place();
  here.services.issuer.rules.secrets['sigstore'] = 'another';
  const words = ['sign', ...(flows['a secret'] ?? []), ...here.flags, here.name];
  expect(await run(signer, here, words)).toMatchObject({ code: 1 });
});
