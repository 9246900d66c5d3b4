import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../testkit/context.ts';
import { makeModule, type TestModule, type TestToken, type TokenKey } from '../../../../testkit/pkcs11.ts';
import { makeAuthority } from '../../../../testkit/sigstore/authority.ts';
import { makeKey, type TestKeyKind } from '../../../../testkit/sigstore/keys.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';
import { listTokenKeys, listTokens } from './list.ts';

const message = Buffer.from('a message');
const pin = '1234';

function accessTo({ packages, path }: TestModule, more: KmsAccess['environment'] = {}): KmsAccess {
  const fetch = () => Promise.reject(new TypeError('a token is on no network'));
  const environment = { COSIGN_PKCS11_MODULE_PATH: path, COSIGN_PKCS11_PIN: pin, ...more };
  return { fetch, environment, packages };
}

function keyOn(kind: TestKeyKind, more: Partial<TokenKey> = {}): TokenKey {
  const { privateKey, publicKey } = makeKey(kind);
  return { privateKey, publicKey, label: 'release', id: Buffer.from([1, 0xfe]), ...more };
}

function moduleWith(key: TokenKey, more: Partial<TestToken> = {}): TestModule {
  return makeModule([
    { label: 'other', keys: [] },
    { label: 'a token', pin, keys: [key], ...more },
  ]);
}

test.each<[TestKeyKind, Partial<TokenKey>]>([
  ['ecdsa-p256', {}],
  ['ecdsa-p384', {}],
  ['ecdsa-p521', { bare: true }],
  ['rsa', {}],
  ['rsa', { askedAlways: true }],
])('a key of %s signs, and verifies without a PIN (%j)', async (kind, more) => {
  const module = moduleWith(keyOn(kind, more));
  for (const name of [
    'token=a%20token;object=release',
    'slot-id=8;id=%01%FE',
    'token=a token;serial=a1;object=release',
  ]) {
    const key = await openKmsKey(`pkcs11:${name}`, accessTo(module));
    const read = await readKmsKey(`pkcs11:${name}`, accessTo(module, { COSIGN_PKCS11_PIN: undefined }));
    expect(await verifySignature(read, key.scheme, { message }, await key.sign(message))).toBe(true);
  }
  expect(module.open()).toBe(0);
  expect(module.logins.includes('2')).toBe(more.askedAlways === true);
});

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)('a key of %s signs by SHA-256 for Rekor 1', async (kind) => {
  const key = await openKmsKey('pkcs11:slot-id=8;object=release', accessTo(moduleWith(keyOn(kind))), 'rekor1-envelope');
  expect(key.scheme).toEqual({ name: 'ecdsa', hash: 'sha256' });
  expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
});

test('numbers of a signature that begin with zeros, or are as negative ones, are written as DER has them', async () => {
  const key = await openKmsKey('pkcs11:slot-id=8;object=release', accessTo(moduleWith(keyOn('ecdsa-p256'))));
  for (let round = 0; round < 40; round += 1) {
    const text = Buffer.from(`message ${round}`);
    expect(await verifySignature(key.publicKey, key.scheme, { message: text }, await key.sign(text))).toBe(true);
  }
});

test('a certificate on the token stands in for the public half', async () => {
  const { root: certificate } = makeAuthority(new Date('2026-01-01'));
  const key = keyOn('ecdsa-p256', { certificate: certificate.der });
  const read = await readKmsKey('pkcs11:token=a token;object=release', accessTo(moduleWith(key)));
  expect(read.spki).toEqual(certificate.key.spki);
});

test('the PIN comes from the address, a file, the environment, or a person', async () => {
  const module = moduleWith(keyOn('ecdsa-p256'));
  const file = join(temporaryDirectory(), 'pin');
  writeFileSync(file, `${pin}\n`);
  const without = accessTo(module, { COSIGN_PKCS11_PIN: '' });
  const address = `pkcs11:token=a token;object=release?module-path=${module.path}`;
  const questions: string[] = [];
  const asked: KmsAccess = {
    ...without,
    async askSecret(question) {
      questions.push(question);
      return pin;
    },
  };
  for (const [reference, access] of [
    [`${address}&pin-value=%31234`, without],
    [`${address}&pin-source=file://${file}`, without],
    [`${address}&pin-source=${file}`, without],
    [address, accessTo(module)],
    [address, asked],
  ] as const) {
    const key = await openKmsKey(reference, access);
    expect(await key.sign(message)).toBeInstanceOf(Buffer);
  }
  expect(questions).toEqual(["Enter PIN for PKCS11 token 'a token': "]);
  await expect(openKmsKey(address, without)).rejects.toThrowCode('TRUST_PKCS11_PIN');
});

test('a token that asks for no PIN is not given one', async () => {
  const key = { ...keyOn('rsa'), id: undefined };
  const module = makeModule([{ label: 'open', keys: [{ ...key, id: Buffer.of(1) }] }]);
  const opened = await openKmsKey('pkcs11:token=open;object=release', accessTo(module, { COSIGN_PKCS11_PIN: '' }));
  expect(await opened.sign(message)).toHaveLength(256);
  expect(module.logins).toEqual([]);
});

test.each([
  ['no key', 'token=a token', 'TRUST_PKCS11_URI'],
  ['no token', 'object=release', 'TRUST_PKCS11_URI'],
  ['an attribute that is not known', 'token=a token;object=release;library-version=1', 'TRUST_PKCS11_URI'],
  ['an attribute twice', 'token=a token;object=release;object=other', 'TRUST_PKCS11_URI'],
  ['half a percent sign', 'token=a%2;object=release', 'TRUST_PKCS11_URI'],
  ['a slot that is no number', 'slot-id=x;object=release', 'TRUST_PKCS11_URI'],
  ['a module that is not whole', 'token=a token;object=release?module-path=module.so', 'TRUST_PKCS11_URI'],
  ['a program that tells the PIN', 'token=a token;object=release?pin-source=|cat pin', 'TRUST_PKCS11_URI'],
  ['a module that is not there', 'token=a token;object=release?module-path=/none.so', 'TRUST_PKCS11_MODULE'],
  ['another token', 'token=b;object=release', 'TRUST_PKCS11_TOKEN'],
  ['another maker', 'token=a token;manufacturer=Other;object=release', 'TRUST_PKCS11_TOKEN'],
  ['another key', 'token=a token;object=other', 'TRUST_PKCS11_KEY'],
  ['a wrong PIN', 'token=a token;object=release?pin-value=secret', 'TRUST_PKCS11_PIN'],
])('%s is refused', async (_, name, code) => {
  const module = moduleWith(keyOn('ecdsa-p256'));
  const refused = openKmsKey(`pkcs11:${name}`, accessTo(module));
  await expect(refused).rejects.toThrowCode(code);
  await expect(refused).rejects.not.toThrow('secret');
  expect(module.open()).toBe(0);
});

test('two keys of one label are told apart by their id only', async () => {
  const [one, two] = [keyOn('ecdsa-p256'), keyOn('ecdsa-p256', { id: Buffer.of(2) })];
  const module = makeModule([{ label: 'a token', pin, keys: [one, two] }]);
  await expect(readKmsKey('pkcs11:token=a token;object=release', accessTo(module))).rejects.toThrowCode(
    'TRUST_PKCS11_KEY',
  );
  const read = await readKmsKey('pkcs11:token=a token;object=release;id=%02', accessTo(module));
  expect(read.object.equals(two.publicKey)).toBe(true);
});

test('a key without a private half here signs nothing, and keys of other kinds are refused', async () => {
  const module = moduleWith(keyOn('ecdsa-p256'), { keys: [keyOn('ed25519')] });
  await expect(readKmsKey('pkcs11:token=a token;id=%01%fe', accessTo(module))).rejects.toThrowCode(
    'TRUST_KEY_UNSUPPORTED',
  );
});

test('keys are not made on tokens, and a PIN is in no message', async () => {
  const module = moduleWith(keyOn('ecdsa-p256'));
  const made = createKmsKey('pkcs11:token=a token;object=new', accessTo(module));
  await expect(made).rejects.toThrowCode('TRUST_PKCS11_CREATE');
});

test('without the package it is said which one to install', async () => {
  const { packages: _, ...access } = accessTo(moduleWith(keyOn('ecdsa-p256')));
  const refused = readKmsKey('pkcs11:token=a token;object=release', {
    ...access,
    packages: () => makeModule([]).packages('another'),
  });
  await expect(refused).rejects.toThrowCode('TRUST_PACKAGE_MISSING');
  await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('npm install --global pkcs11js@') });
  await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('docs/pkcs11.md') });
});

test('tokens and their keys are listed, with addresses that open them and hold no PIN', async () => {
  const module = moduleWith(keyOn('ecdsa-p256', { label: 'a/key;of 1' }));
  const access = accessTo(module);
  expect(listTokens(module.path, access)).toEqual([
    { slot: 7, label: 'other', manufacturer: 'Maker', model: 'One', serial: 'a1' },
    { slot: 8, label: 'a token', manufacturer: 'Maker', model: 'One', serial: 'a1' },
  ]);
  const [key, ...others] = await listTokenKeys({ modulePath: module.path, slot: 8, pin }, access);
  expect(others).toEqual([]);
  expect(key).toMatchObject({
    label: 'a/key;of 1',
    uri: `pkcs11:token=a%20token;slot-id=8;id=%01%fe;object=a%2fkey%3bof%201?module-path=${module.path}`,
  });
  expect((await readKmsKey(key?.uri ?? '', access)).kind).toBe('ecdsa-p256');
  const asked = listTokenKeys({ modulePath: module.path, slot: 8, pin: undefined }, access);
  await expect(asked).rejects.toThrowCode('TRUST_PKCS11_PIN');
  expect(() => listTokens(undefined, access)).toThrowCode('TRUST_PKCS11_URI');
});
