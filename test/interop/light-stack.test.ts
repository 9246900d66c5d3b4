import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';
import { missingPrograms } from '../../tools/light-stack/programs.ts';
import { type LightStack, startLightStack } from '../../tools/light-stack/start.ts';

const missing = await missingPrograms();
const lacking = missing.map(({ name, module }) => `${name} (${module})`).join(', ');
if (missing.length > 0 && process.env['REQUIRE_PEERS'] === '1') expect.fail(`not on PATH: ${lacking}`);
const found = missing.length === 0 && (await hasPeer('cosign'));

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-light-stack-'));
let stack: LightStack | undefined;

beforeAll(async () => {
  if (found) stack = await startLightStack(directory);
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A place with an image, a file and a predicate, and what signers and verifiers say of the services. */
async function workplace(): Promise<{ place: SigningPlace; signing: string[]; who: string[] }> {
  const { issuer, trustedRoot, signingConfig } = stack ?? expect.fail('the services do not run');
  const place = await signingPlace();
  writeFileSync(place.at('root.json'), trustedRoot);
  writeFileSync(place.at('config.json'), signingConfig);
  writeFileSync(place.at('artifact.txt'), 'the artifact');
  writeFileSync(place.at('predicate.txt'), '{"a":1}');
  const email = 'user@example.com';
  const token = issuer.issue({ sub: 'user', email, email_verified: true });
  const trust = ['--trusted-root', 'root.json'];
  return {
    place,
    signing: ['--identity-token', token, '--signing-config', 'config.json', '--yes', ...trust],
    who: ['--certificate-identity', email, '--certificate-oidc-issuer', issuer.url, ...trust],
  };
}

const signers = ['ours', 'cosign'] as const;
const type = ['--type', 'https://example.com/own'];
const claim = [...type, '--predicate', 'predicate.txt'];

type Act = readonly [
  sign: (place: SigningPlace, signing: readonly string[]) => readonly string[],
  verify: (place: SigningPlace, who: readonly string[]) => readonly (readonly string[])[],
];

const acts: Readonly<Record<string, Act>> = {
  'an index and its images': [
    ({ index }, signing) => ['sign', ...signing, '-r', index],
    ({ index, name }, who) => [index, name].map((image) => ['verify', ...who, image]),
  ],
  'an attestation': [
    ({ name }, signing) => ['attest', ...claim, ...signing, name],
    ({ name }, who) => [['verify-attestation', ...type, ...who, name]],
  ],
  'a file': [
    (_, signing) => ['sign-blob', ...signing, '--bundle', 'bundle.json', 'artifact.txt'],
    (_, who) => [['verify-blob', ...who, '--bundle', 'bundle.json', 'artifact.txt']],
  ],
  'a statement about a file': [
    (_, signing) => ['attest-blob', ...claim, ...signing, '--bundle', 'bundle.json', 'artifact.txt'],
    (_, who) => [['verify-blob-attestation', ...type, ...who, '--bundle', 'bundle.json', 'artifact.txt']],
  ],
};

const rows = signers.flatMap((signer) => Object.entries(acts).map(([what, act]) => ({ signer, what, act })));

if (!found) test(`not tested: not on PATH are ${lacking}`, () => expect(lacking).not.toBe(''));

test.runIf(found).each(rows)(
  'at Fulcio, Rekor 2 and a timestamp authority as released, $signer signs $what, both verify',
  async ({ signer, act: [sign, verify] }) => {
    const { place, signing, who } = await workplace();
    expect(await programs[signer](place, sign(place, signing))).toMatchObject({ code: 0 });
    for (const program of Object.values(programs)) {
      for (const words of verify(place, who)) {
        expect(await program(place, words)).toMatchObject({ code: 0 });
        expect(await program(place, [...words, '--use-signed-timestamps'])).toMatchObject({ code: 0 });
      }
    }
  },
);

test.runIf(found)('a token of somebody else is refused by Fulcio, and told', async () => {
  const { place, signing } = await workplace();
  const words = [
    'sign',
    ...signing.map((word) => (word.startsWith('ey') ? `${word.slice(0, -4)}AAAA` : word)),
    place.name,
  ];
  const { code, stderr } = await programs.ours(place, words);
  expect(code).toBe(1);
  expect(stderr).toMatch(/token/i);
});
