import { expect, test } from 'vitest';
import { startGoogleKms, type TestGoogleKms } from '../../../../testkit/google-kms.ts';
import { makeFetch } from '../../../net/index.ts';
import { publicKeyPem } from '../../keys/public-key.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';

const message = Buffer.from('a message');
const path = 'projects/p-1/locations/europe-west1/keyRings/ring/cryptoKeys/release';
const reference = `gcpkms://${path}`;

/** What goes to Google goes to the test's server. */
function accessTo({ address }: Pick<TestGoogleKms, 'address'>, more: Partial<KmsAccess> = {}): KmsAccess {
  const fetch = makeFetch({});
  return {
    fetch: async () => (request) => {
      expect(request.url.origin).toBe('https://cloudkms.googleapis.com');
      return fetch({ ...request, url: new URL(`${request.url.pathname}${request.url.search}`, address) });
    },
    environment: { GOOGLE_OAUTH_ACCESS_TOKEN: 'a-token' },
    ...more,
  };
}

test.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa'] as const)('a key of %s signs', async (kind) => {
  const kms = await startGoogleKms();
  kms.make(path, kind);
  const key = await openKmsKey(reference, accessTo(kms));
  expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
});

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)('a key of %s signs by its own hash only', async (kind) => {
  const kms = await startGoogleKms();
  kms.make(path, kind);
  const opened = openKmsKey(reference, accessTo(kms), 'rekor1-envelope');
  await expect(opened).rejects.toThrowCode('TRUST_KMS_HASH');
});

test('the newest version that is enabled counts, unless one is named', async () => {
  const kms = await startGoogleKms();
  for (let made = 0; made < 10; made += 1) kms.make(path, 'ecdsa-p256');
  kms.make(path, 'ecdsa-p256', 'DISABLED');
  expect(publicKeyPem(await readKmsKey(reference, accessTo(kms)))).toBe(kms.pem(path, 10));
  for (const words of ['versions', 'cryptoKeyVersions']) {
    expect(publicKeyPem(await readKmsKey(`${reference}/${words}/3`, accessTo(kms)))).toBe(kms.pem(path, 3));
  }
});

test('a ring and a key are made and waited for; those that are there stay as they are', async () => {
  const kms = await startGoogleKms();
  const made = await createKmsKey(reference, accessTo(kms));
  expect(made.kind).toBe('ecdsa-p256');
  expect(publicKeyPem(await createKmsKey(reference, accessTo(kms)))).toBe(publicKeyPem(made));
  expect(kms.requests.filter((request) => request.startsWith('POST'))).toHaveLength(2);
});

test.each([
  'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k/other/1',
  'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/../k',
  'gcpkms://projects/p/locations/l/keyRings/r',
])('%s names no key', async (name) => {
  await expect(readKmsKey(name, accessTo({ address: '' }))).rejects.toThrowCode('TRUST_KMS_REFERENCE');
});

test.each([
  ['a key that is not there', undefined, 'TRUST_KMS_KEY_MISSING'],
  ['a login that may not', [403, { error: { message: 'not you' } }], 'TRUST_KMS_REFUSED'],
  ['a service that is down', [503, {}], 'TRUST_KMS_BUSY'],
  ['no versions', [200, {}], 'TRUST_KMS_KEY_MISSING'],
  ['something else', [200, { cryptoKeyVersions: 'none' }], 'TRUST_KMS_INVALID'],
] as const)('%s is told', async (_, answer, code) => {
  const kms = await startGoogleKms(() => answer);
  await expect(readKmsKey(reference, accessTo(kms))).rejects.toThrowCode(code);
});

test('keys that sign in another way are refused', async () => {
  const answer = (algorithm: string, pem: string) => [200, { algorithm, pem }] as const;
  const pems: string[] = [];
  const kms = await startGoogleKms((url) =>
    url.endsWith('/publicKey') ? answer('RSA_SIGN_PSS_2048_SHA256', pems[0] ?? '') : undefined,
  );
  kms.make(path, 'rsa');
  pems.push(kms.pem(path, 1));
  const key = await openKmsKey(reference, accessTo(kms));
  await expect(key.sign(message)).rejects.toThrowCode('TRUST_KEY_UNSUPPORTED');
});

/** A library that logs in with this. */
const library = (getAccessToken: () => Promise<string>) => () => ({
  GoogleAuth: class {
    getAccessToken = getAccessToken;
  },
});

test('without a token in the environment the library of Google logs in', async () => {
  const kms = await startGoogleKms();
  kms.make(path, 'ecdsa-p256');
  const packages = library(async () => 'a-token');
  expect(await readKmsKey(reference, accessTo(kms, { environment: {}, packages }))).toMatchObject({
    kind: 'ecdsa-p256',
  });
  const refused = library(() => Promise.reject(new TypeError('no login')));
  const read = readKmsKey(reference, accessTo(kms, { environment: {}, packages: refused }));
  await expect(read).rejects.toThrowCode('TRUST_KMS_REFUSED');
  const odd = readKmsKey(reference, accessTo(kms, { environment: { GOOGLE_OAUTH_ACCESS_TOKEN: 'a\nb' } }));
  await expect(odd).rejects.toThrowCode('TRUST_KMS_SETTING');
});
