import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installKmsPlugin } from '../../testkit/kms-plugin.ts';
import { signingPlace } from '../../testkit/signing.ts';
import { serveStack } from '../../testkit/sigstore/http/serve.ts';
import { startTransit } from '../../testkit/transit.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false'];
const layouts = [
  ['bundle', noLog],
  ['older', [...noLog, '--new-bundle-format=false']],
] as const;

async function placeWithVault() {
  const place = await signingPlace();
  const transit = await startTransit();
  const environment = { VAULT_ADDR: transit.address, VAULT_TOKEN: 'a-token' };
  return { place, transit, run: (...words: string[]) => place.run(words, { environment }) };
}

test.each(layouts)('a key of Vault signs an image in the %s layout, and verifies it', async (_, flags) => {
  const { place, run } = await placeWithVault();
  const key = ['--key', 'hashivault://release'];
  const made = await run(
    'generate-key-pair',
    '--kms',
    'hashivault://release',
    '--output-key-prefix',
    place.at('release'),
  );
  expect(made).toEqual({ code: 0, stdout: '', stderr: `Public key written to ${place.at('release.pub')}\n` });
  expect(await run('sign', ...key, ...flags, place.name)).toMatchObject({ code: 0 });
  for (const by of [key, ['--key', 'release.pub'], ['--key', 'openbao://release']]) {
    expect(await run('verify', ...by, '--insecure-ignore-tlog', place.name)).toMatchObject({ code: 0 });
  }
  const { stdout } = await run('public-key', ...key);
  expect(stdout).toBe(readFileSync(place.at('release.pub'), 'utf8'));
});

test('a key of Vault signs files and attests; another key does not verify them', async () => {
  const { place, transit, run } = await placeWithVault();
  transit.rotate('k', 'rsa-2048');
  transit.rotate('other');
  writeFileSync(place.at('file.txt'), 'content');
  writeFileSync(place.at('predicate.json'), '{}');
  const [key, other] = [
    ['--key', 'hashivault://k'],
    ['--key', 'hashivault://other'],
  ] as const;
  expect(await run('sign-blob', ...key, ...noLog, '--bundle', 'bundle.json', 'file.txt')).toMatchObject({ code: 0 });
  const blob = ['--insecure-ignore-tlog', '--bundle', 'bundle.json', 'file.txt'];
  expect(await run('verify-blob', ...key, ...blob)).toMatchObject({ code: 0 });
  expect(await run('verify-blob', ...other, ...blob)).toMatchObject({ code: 1 });
  expect(await run('attest', ...key, ...noLog, '--predicate', 'predicate.json', place.name)).toMatchObject({ code: 0 });
  const image = ['--insecure-ignore-tlog', place.name];
  expect(await run('verify-attestation', ...key, ...image)).toMatchObject({ code: 0 });
  expect(await run('verify-attestation', ...other, ...image)).toMatchObject({ code: 1 });
});

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)(
  'Rekor 1 takes statements that a key of %s of Vault signs',
  async (kind) => {
    const { place, transit, run } = await placeWithVault();
    transit.rotate('k', kind);
    const services = await serveStack();
    writeFileSync(place.at('config.json'), services.signingConfig('v1'));
    writeFileSync(place.at('root.json'), services.trustedRoot());
    const trust = ['--trusted-root', 'root.json'];
    const signed = await run(
      'sign',
      '--key',
      'hashivault://k',
      '--signing-config',
      'config.json',
      ...trust,
      place.name,
    );
    expect(signed).toMatchObject({ code: 0 });
    expect(await run('verify', '--key', 'hashivault://k', ...trust, place.name)).toMatchObject({ code: 0 });
  },
);

test('a key of a plugin signs an image, and verifies it', async () => {
  const place = await signingPlace();
  const { directory, keyPath } = installKmsPlugin('my-hsm');
  const environment = { PATH: `${directory}:/usr/bin:/bin` };
  const run = (...words: string[]) => place.run(words, { environment });
  const reference = `my-hsm://${keyPath}`;
  const made = await run('generate-key-pair', '--kms', reference, '--output-key-prefix', place.at('hsm'));
  expect(made).toMatchObject({ code: 0 });
  expect(await run('sign', '--key', reference, ...noLog, place.name)).toMatchObject({ code: 0 });
  for (const key of [reference, 'hsm.pub']) {
    expect(await run('verify', '--key', key, '--insecure-ignore-tlog', place.name)).toMatchObject({ code: 0 });
  }
});

test('the token is in no message, also when it is refused', async () => {
  const { place, transit } = await placeWithVault();
  const environment = { VAULT_ADDR: transit.address, VAULT_TOKEN: 'hidden' };
  const refused = await place.run(['--debug', 'public-key', '--key', 'hashivault://k'], { environment });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_KMS_REFUSED') });
  expect(refused.stderr).not.toContain('hidden');
});

test('a public key may come from a variable', async () => {
  const { place, run } = await placeWithVault();
  await run('generate-key-pair', '--kms', 'hashivault://release', '--output-key-prefix', place.at('release'));
  await run('sign', '--key', 'hashivault://release', ...noLog, place.name);
  const environment = { RELEASE: readFileSync(place.at('release.pub'), 'utf8') };
  const verify = ['verify', '--key', 'env://RELEASE', '--insecure-ignore-tlog', place.name];
  expect(await place.run(verify, { environment })).toMatchObject({ code: 0 });
});

test.each([
  [['pkcs11-tool', 'list-tokens'], {}, 'TRUST_PKCS11_URI'],
  [['cosign', 'pkcs11-tool', 'list-tokens', '--module-path', 'here.so'], {}, 'is not absolute'],
  [['pkcs11-tool', 'list-keys-uris', '--slot-id', '1'], { COSIGN_PKCS11_MODULE_PATH: 'here.so' }, 'is not absolute'],
  [['public-key', '--key', 'pkcs11:token=t'], {}, 'it names neither object nor id'],
  [['public-key', '--key', 'pkcs11:token=t;object=k?pin-value=hidden'], {}, 'COSIGN_PKCS11_MODULE_PATH is not set'],
])('%j tells what is missing of a token', async (words, environment, told) => {
  const place = await signingPlace();
  const { code, stderr } = await place.run(words, { environment });
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
  expect(stderr).not.toContain('hidden');
});
