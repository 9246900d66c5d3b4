import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasPeer, runPeer } from '../../testkit/peer.ts';
import { type SigningPlace, signingPlace } from '../../testkit/signing.ts';

/** The module of SoftHSM 2, where Debian's package puts it. */
const modulePath = '/usr/lib/softhsm/libsofthsm2.so';
const token = { label: 'a token', pin: '1234' };
const noLog = ['--use-signing-config=false', '--tlog-upload=false', '--yes'];
const layouts = { bundle: noLog, legacy: [...noLog, '--new-bundle-format=false'] } as const;
const kinds = { 'ecdsa-p256': 'EC:prime256v1', 'ecdsa-p384': 'EC:secp384r1', rsa: 'rsa:2048' } as const;

const found = (await hasPeer('softhsm2-util')) && (await hasPeer('pkcs11-tool')) && hasBinding();
/** cosign as it is built with the tag pkcs11key. */
const theirs = found && (await hasPeer('cosign-pkcs11'));

/** The package is nobody's dependency: it is compiled where it is installed. NODE_PATH leads to it. */
function hasBinding(): boolean {
  try {
    createRequire(import.meta.url)('pkcs11js');
    return true;
  } catch (error) {
    if (process.env['REQUIRE_PEERS'] === '1') expect.fail(`pkcs11js cannot be loaded: ${String(error)}`);
    return false;
  }
}

interface TokenPlace extends SigningPlace {
  readonly run: SigningPlace['run'];
  readonly cosign: (words: readonly string[]) => ReturnType<typeof runPeer>;
}

/** A token of SoftHSM with a key of each kind, for our program in this process and for others. */
async function tokenPlace(): Promise<TokenPlace> {
  const place = await signingPlace();
  const { directory } = place;
  mkdirSync(join(directory, 'tokens'));
  writeFileSync(join(directory, 'softhsm2.conf'), `directories.tokendir = ${directory}/tokens\n`);
  const environment = {
    SOFTHSM2_CONF: join(directory, 'softhsm2.conf'),
    COSIGN_PKCS11_MODULE_PATH: modulePath,
    COSIGN_PKCS11_PIN: token.pin,
    COSIGN_PASSWORD: '',
    HOME: directory,
    TUF_ROOT: join(directory, 'tuf'),
  };
  // The module of SoftHSM reads the variable itself.
  process.env['SOFTHSM2_CONF'] = environment.SOFTHSM2_CONF;
  const init = ['--init-token', '--free', '--label', token.label, '--pin', token.pin, '--so-pin', '4321'];
  expect(await runPeer('softhsm2-util', init, { environment })).toMatchObject({ code: 0 });
  for (const [index, [label, type]] of Object.entries(kinds).entries()) {
    const make = ['--keypairgen', '--key-type', type, '--label', label, '--id', `0${index + 1}`];
    const login = ['--module', modulePath, '--token-label', token.label, '--login', '--pin', token.pin];
    expect(await runPeer('pkcs11-tool', [...login, ...make], { environment })).toMatchObject({ code: 0 });
  }
  return {
    ...place,
    run: (words, parts = {}) => place.run(words, { environment: { ...environment, ...parts.environment } }),
    cosign: (words) => runPeer('cosign-pkcs11', words, { environment, cwd: directory }),
  };
}

const labels = Object.keys(kinds);

test.runIf(found)('the public half is what the token shows to others', async () => {
  const { run, at } = await tokenPlace();
  // OpenSC 0.23 cannot read keys on P-384.
  for (const label of labels.filter((each) => each !== 'ecdsa-p384')) {
    const read = ['--module', modulePath, '--token-label', token.label, '--login', '--pin', token.pin];
    const half = ['--read-object', '--type', 'pubkey', '--label', label, '--output-file', at('read.der')];
    const shown = await runPeer('pkcs11-tool', [...read, ...half]);
    expect(shown, shown.stderr).toMatchObject({ code: 0 });
    const { stdout } = await runPeer('openssl', ['pkey', '-pubin', '-inform', 'DER', '-in', at('read.der')]);
    const key = `pkcs11:token=a%20token;object=${label}`;
    expect(await run(['public-key', '--key', key])).toMatchObject({ code: 0, stdout: stdout.toString('utf8') });
  }
});

const matrix = labels.flatMap((label) => Object.entries(layouts).map(([layout, flags]) => ({ label, layout, flags })));

test.runIf(found).each(matrix)('a key of $label on a token signs an image as $layout, and verifies it', async (row) => {
  const { run, at, name } = await tokenPlace();
  const key = `pkcs11:token=a%20token;object=${row.label}`;
  expect(await run(['public-key', '--key', key, '--outfile', at('token.pub')])).toMatchObject({ code: 0 });
  expect(await run(['sign', '--key', key, ...row.flags, name])).toMatchObject({ code: 0 });
  for (const by of [key, 'token.pub']) {
    expect(await run(['verify', '--key', by, '--insecure-ignore-tlog', name])).toMatchObject({ code: 0 });
  }
  const other = `pkcs11:token=a%20token;object=${labels.find((label) => label !== row.label)}`;
  expect(await run(['verify', '--key', other, '--insecure-ignore-tlog', name])).toMatchObject({ code: 1 });
});

test.runIf(found)('a key on a token signs files and attests', async () => {
  const { run, at, name } = await tokenPlace();
  writeFileSync(at('file.txt'), 'content');
  writeFileSync(at('predicate.json'), '{}');
  const key = ['--key', 'pkcs11:token=a%20token;id=%02'];
  expect(await run(['sign-blob', ...key, ...noLog, '--bundle', 'bundle.json', 'file.txt'])).toMatchObject({ code: 0 });
  const blob = ['verify-blob', ...key, '--insecure-ignore-tlog', '--bundle', 'bundle.json', 'file.txt'];
  expect(await run(blob)).toMatchObject({ code: 0 });
  expect(await run(['attest', ...key, ...noLog, '--predicate', 'predicate.json', name])).toMatchObject({ code: 0 });
  expect(await run(['verify-attestation', ...key, '--insecure-ignore-tlog', name])).toMatchObject({ code: 0 });
});

test.runIf(found)('a wrong PIN and a token that is not there are told', async () => {
  const { run, name } = await tokenPlace();
  const sign = (key: string) => run(['sign', '--key', key, ...noLog, name]);
  const wrong = await sign('pkcs11:token=a%20token;object=rsa?pin-value=hidden');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_PKCS11_PIN') });
  expect(wrong.stderr).not.toContain('hidden');
  expect((await sign('pkcs11:token=none;object=rsa')).stderr).toContain('TRUST_PKCS11_TOKEN');
  expect((await sign('pkcs11:token=a%20token;object=none')).stderr).toContain('TRUST_PKCS11_KEY');
  expect((await sign('pkcs11:token=a;object=rsa?module-path=/none.so')).stderr).toContain('TRUST_PKCS11_MODULE');
});

test.runIf(theirs)('tokens and keys are listed as cosign lists them, but for the PIN', async () => {
  const { run, cosign } = await tokenPlace();
  const tokens = ['pkcs11-tool', 'list-tokens'];
  const ours = await run(tokens);
  expect(ours.stdout).toBe((await cosign(tokens)).stdout.toString('utf8'));
  const slot = /slot (\d+)/.exec(ours.stdout)?.[1] ?? '';
  const keys = ['pkcs11-tool', 'list-keys-uris', '--slot-id', slot];
  const listed = (await cosign(keys)).stdout.toString('utf8').replaceAll('&pin-value=1234', '');
  // SoftHSM gives objects in another order each time.
  const linesOf = (text: string): string[] => decodeURIComponent(text).split('\n').sort();
  expect(linesOf((await run(keys)).stdout)).toEqual(linesOf(listed));
});

/** cosign signs with SHA-256 whatever the curve is. */
const shared = ['ecdsa-p256', 'rsa'].flatMap((label) =>
  (['ours', 'cosign'] as const).flatMap((signer) =>
    Object.entries(layouts).map(([layout, flags]) => ({ label, signer, layout, flags })),
  ),
);

test.runIf(theirs).each(shared)('what $signer signs with $label on a token as $layout, both verify', async (row) => {
  const { run, cosign, at, name } = await tokenPlace();
  const programs = { ours: run, cosign };
  const key = `pkcs11:token=a%20token;object=${row.label}`;
  expect(await run(['public-key', '--key', key, '--outfile', at('token.pub')])).toMatchObject({ code: 0 });
  expect(await programs[row.signer](['sign', '--key', key, ...row.flags, name])).toMatchObject({ code: 0 });
  for (const by of [key, 'token.pub']) {
    const verify = (given: string) => ['verify', '--key', given, '--insecure-ignore-tlog', name];
    expect(await run(verify(by))).toMatchObject({ code: 0 });
    // cosign does not look at COSIGN_PKCS11_PIN when it verifies, and cannot without a PIN.
    const theirs = await cosign(verify(by === key ? `${key}?pin-value=${token.pin}` : by));
    expect(theirs, theirs.stderr).toMatchObject({ code: 0 });
  }
});
