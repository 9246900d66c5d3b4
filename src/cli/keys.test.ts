import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { startHttp } from '../../testkit/server.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import type { Host } from './host.ts';
import { runProgram } from './run.ts';

const secret = { COSIGN_PASSWORD: 'secret' };

async function run(args: readonly string[], parts: Partial<Host> = {}) {
  const host = makeHost(args, { ...parts, environment: { HOME: temporaryDirectory(), ...parts.environment } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

function piped(text: string): Partial<Host> {
  return {
    stdin: async function* () {
      yield Buffer.from(text);
    },
  };
}

/** A person at a terminal, who types these lines. */
function typing(...lines: string[]): Partial<Host> {
  return { typeSecret: async () => lines.shift() ?? '' };
}

test('a pair is made, and its public half is that of the private one', async () => {
  const prefix = join(temporaryDirectory(), 'cosign');
  const made = await run(['generate-key-pair', '--output-key-prefix', prefix], { environment: secret });
  expect(made).toEqual({
    code: 0,
    stdout: '',
    stderr: `Private key written to ${prefix}.key\nPublic key written to ${prefix}.pub\n`,
  });
  expect(statSync(`${prefix}.key`).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${prefix}.key`, 'utf8')).toMatch(/^-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n/);
  const { stdout } = await run(['cosign', 'public-key', '--key', `${prefix}.key`], { environment: secret });
  expect(stdout).toBe(readFileSync(`${prefix}.pub`, 'utf8'));
});

test('the password is typed twice at a terminal, and read whole from a pipe', async () => {
  const prefix = join(temporaryDirectory(), 'cosign');
  const words = ['generate-key-pair', '--output-key-prefix', prefix];
  const { code, stderr } = await run(words, typing('one', 'one'));
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Enter password for private key: \nEnter password for private key again: \n'),
  });
  expect(await run(words, typing('one', 'two'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('passwords do not match [CLI_PASSWORDS_DIFFER]'),
  });
  expect(await run(['public-key', '--key', `${prefix}.key`], piped('one'))).toMatchObject({ code: 0 });
  const wrong = await run(['public-key', '--key', `${prefix}.key`], piped('another'));
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('TRUST_PASSWORD_WRONG') });
  expect(wrong.stderr).not.toContain('another');
});

test('a private key is replaced only after a yes', async () => {
  const prefix = join(temporaryDirectory(), 'cosign');
  const words = ['generate-key-pair', '--output-key-prefix', prefix];
  await run(words, { environment: secret });
  const before = readFileSync(`${prefix}.key`, 'utf8');
  for (const [answer, code] of [
    ['n\n', 'CLI_DECLINED'],
    ['', 'CLI_DECLINED'],
    ['maybe\n', 'CLI_ANSWER_INVALID'],
  ] as const) {
    const { stderr } = await run(words, { environment: secret, ...piped(answer) });
    expect(stderr).toContain(`WARNING: File ${prefix}.key already exists. Overwrite?`);
    expect(stderr).toContain(code);
  }
  expect(readFileSync(`${prefix}.key`, 'utf8')).toBe(before);
  expect(await run(words, { environment: secret, ...piped('Y\r\n') })).toMatchObject({ code: 0 });
  expect(readFileSync(`${prefix}.key`, 'utf8')).not.toBe(before);
});

test('a key of OpenSSL is taken, from a file, a variable or an address', async () => {
  const directory = temporaryDirectory();
  const pair = makeKey('ecdsa-p384');
  const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(join(directory, 'plain.pem'), pem);
  const host = await startHttp((_, response) => response.end(pem));
  for (const key of [join(directory, 'plain.pem'), 'env://PLAIN', `http://${host}/plain.pem`]) {
    const words = ['import-key-pair', '-k', key, '-o', join(directory, 'taken'), '--yes'];
    expect(await run(words, { environment: { ...secret, PLAIN: pem } })).toMatchObject({ code: 0 });
    expect(readFileSync(join(directory, 'taken.pub'), 'utf8')).toBe(pair.pem);
  }
});

test('the public half goes to a file when asked', async () => {
  const directory = temporaryDirectory();
  const pair = makeKey();
  const outfile = join(directory, 'out.pub');
  const environment = { PUBLIC: pair.pem };
  const told = await run(['public-key', '--key', 'env://PUBLIC', '--outfile', outfile], { environment });
  expect(told).toEqual({ code: 0, stdout: '', stderr: `Public key written to ${outfile}\n` });
  expect(readFileSync(outfile, 'utf8')).toBe(pair.pem);
});

test('a PIN in an address is in no message', async () => {
  const key = 'pkcs11:token=one;object=two?pin-value=hidden';
  const refused = await run(['import-key-pair', '--key', key], { environment: secret });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Keys at pkcs11: are not used') });
  expect(refused.stderr).not.toContain('hidden');
});

test.each([
  [['public-key'], 'CLI_KEY_MISSING'],
  [['import-key-pair'], 'CLI_KEY_MISSING'],
  [['public-key', '--key', 'azurekms://vault/app'], 'TRUST_PACKAGE_MISSING'],
  [['public-key', '--key', 'k8s://Space/name'], 'TRUST_STORE_REFERENCE'],
  [['import-key-pair', '--key', 'hashivault://app'], 'CLI_KEY_REFERENCE'],
  [['generate-key-pair', '--kms', 'cosign'], 'TRUST_KMS_REFERENCE'],
  [['public-key', '--key', 'pkcs11:token=one'], 'TRUST_PKCS11_URI'],
  [['public-key', '--key', 'env://NOWHERE'], 'CLI_KEY_VARIABLE'],
  [['public-key', '--key', '/nowhere.key'], 'DISK_NOT_FOUND'],
])('%j is refused with %s', async (words, code) => {
  expect(await run(words, { environment: secret })).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
});
