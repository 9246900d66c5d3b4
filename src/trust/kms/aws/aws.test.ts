import * as sdk from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { startAwsKms, type TestAwsKms } from '../../../../testkit/aws-kms.ts';
import { makeFetch } from '../../../net/index.ts';
import { publicKeyPem } from '../../keys/public-key.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';

const message = Buffer.from('a message');

function accessTo({ address }: Pick<TestAwsKms, 'address'>, more: KmsAccess['environment'] = {}): KmsAccess {
  const environment = {
    AWS_ENDPOINT_URL: address,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'hidden',
    ...more,
  };
  return { fetch: async () => makeFetch({}), environment, packages: () => sdk };
}

test.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa'] as const)(
  'a key of %s signs, named in every way',
  async (kind) => {
    const kms = await startAwsKms();
    const id = kms.make(kind, 'alias/team/release');
    const arn = 'arn:aws:kms:us-east-2:111122223333:';
    for (const name of [id, 'alias/team/release', `${arn}key/${id}`, `${arn}alias/team/release`]) {
      const key = await openKmsKey(`awskms:///${name}`, accessTo(kms));
      expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
    }
    expect(new Set(kms.requests)).toEqual(
      new Set(['eu-west-1', 'us-east-2'].flatMap((region) => [`GetPublicKey AKID ${region}`, `Sign AKID ${region}`])),
    );
  },
);

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)('a key of %s signs by its own hash only', async (kind) => {
  const kms = await startAwsKms();
  const opened = openKmsKey(`awskms:///${kms.make(kind)}`, accessTo(kms), 'rekor1-envelope');
  await expect(opened).rejects.toThrowCode('TRUST_KMS_HASH');
  expect(kms.requests).toEqual(['GetPublicKey AKID eu-west-1']);
});

test('a key is made on P-256 under its alias; one that is there stays as it is', async () => {
  const kms = await startAwsKms();
  const made = await createKmsKey('awskms:///alias/release', accessTo(kms));
  expect(made.kind).toBe('ecdsa-p256');
  const again = await createKmsKey('awskms:///alias/release', accessTo(kms));
  expect(publicKeyPem(again)).toBe(publicKeyPem(made));
  const id = kms.make('rsa');
  await expect(createKmsKey(`awskms:///${id}`, accessTo(kms))).rejects.toThrowCode('TRUST_KMS_ALIAS');
});

test.each([
  ['no slash', 'awskms://alias'],
  ['no key', 'awskms:///alias/'],
  ['a path', 'awskms:///keys/release'],
  ['an id behind key/', 'awskms:///key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['another service', 'awskms:///arn:aws:iam:us-east-2:111122223333:alias/a'],
  ['an endpoint that is none', 'awskms://user@host/alias/a'],
])('%s is no reference', async (_, reference) => {
  await expect(readKmsKey(reference, accessTo({ address: '' }))).rejects.toThrowCode('TRUST_KMS_REFERENCE');
});

test('an endpoint in the reference is asked over TLS', async () => {
  const asked: string[] = [];
  const access: KmsAccess = {
    ...accessTo({ address: 'http://other.example' }),
    fetch: async () => async (request) => {
      asked.push(request.url.href);
      throw new TypeError('enough');
    },
  };
  const refused = readKmsKey('awskms://kms.example:4566/alias/a', access);
  await expect(refused).rejects.toThrowCode('TRUST_KMS_REFUSED');
  expect(asked[0]).toBe('https://kms.example:4566/');
});

test.each([
  ['a key that is not there', undefined, 'TRUST_KMS_KEY_MISSING'],
  ['a login that may not', [400, { __type: 'AccessDeniedException', message: 'not you' }], 'TRUST_KMS_REFUSED'],
  ['too many requests', [400, { __type: 'ThrottlingException', message: 'slowly' }], 'TRUST_KMS_BUSY'],
  ['a service that is down', [503, { __type: 'InternalFailure' }], 'TRUST_KMS_BUSY'],
  ['no key', [200, { PublicKey: 'AAAA' }], 'TRUST_KEY_INVALID'],
  ['nothing', [200, {}], 'TRUST_KEY_INVALID'],
] as const)('%s is told', async (_, answer, code) => {
  const kms = await startAwsKms(() => answer);
  const refused = readKmsKey('awskms:///alias/none', accessTo(kms));
  await expect(refused).rejects.toThrowCode(code);
  await expect(refused).rejects.not.toThrow('hidden');
});

test('a signature that is none counts for nothing', async () => {
  const kms = await startAwsKms((operation) => (operation === 'Sign' ? [200, {}] : undefined));
  kms.make('ecdsa-p256', 'alias/a');
  const key = await openKmsKey('awskms:///alias/a', accessTo(kms));
  await expect(key.sign(message)).rejects.toThrowCode('TRUST_KMS_SIGNATURE');
});

test('Ed25519 does not sign there, and without the package it is said what to install', async () => {
  const kms = await startAwsKms();
  kms.make('ed25519', 'alias/a');
  const key = await openKmsKey('awskms:///alias/a', accessTo(kms));
  await expect(key.sign(message)).rejects.toThrowCode('TRUST_KEY_UNSUPPORTED');
  const packages = () => {
    throw new TypeError('there is none');
  };
  const missing = readKmsKey('awskms:///alias/a', { ...accessTo(kms), packages });
  await expect(missing).rejects.toThrowCode('TRUST_PACKAGE_MISSING');
});
