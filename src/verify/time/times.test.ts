import { expect, test } from 'vitest';
import { usageExtension } from '../../../testkit/sigstore/certificate.ts';
import { makeStack, type SignRequest, signBundle, testTime } from '../../../testkit/sigstore/stack.ts';
import { makeTimestampAuthority } from '../../../testkit/sigstore/timestamp-authority.ts';
import type { TrustedRootParts } from '../../../testkit/sigstore/trusted-root.ts';
import type { SigstoreBundle } from '../../envelope/index.ts';
import { parseTrustedRoot } from '../../trust/index.ts';
import { artifactOf } from '../artifact.ts';
import type { VerifyPolicy } from '../policy.ts';
import { verifyBundle } from '../verify-bundle.ts';

const stack = makeStack();
const artifact = Buffer.from('the artifact');
const identities = [{ name: { exact: 'user@example.com' }, issuer: { exact: 'https://issuer.example.com' } }];
const { timestamps: authority } = stack;
const chain = [authority.leaf, authority.root];
const minutes = (count: number): Date => new Date(testTime.getTime() + count * 60_000);
const signedAt = new Date(testTime.getTime() + 5000);

/** A bundle whose stamps are made by `stamps` from its signature. */
function stamped(stamps: (signature: Buffer) => Buffer[], sign: Partial<SignRequest> = {}): SigstoreBundle {
  const { bundle } = signBundle(stack, { artifact, content: 'message', log: 'v2', ...sign });
  const signature = bundle.content.kind === 'message' ? bundle.content.signature : Buffer.alloc(0);
  return { ...bundle, timestamps: stamps(signature) };
}

async function codesOf(bundle: SigstoreBundle, policy: Partial<VerifyPolicy> = {}, root: TrustedRootParts = {}) {
  const trust = parseTrustedRoot(stack.trustedRoot(root));
  const signer = { kind: 'identity', identities } as const;
  const answer = await verifyBundle(bundle, artifactOf(artifact), { signer, trust, now: testTime, ...policy });
  return answer.outcome === 'verified' ? ['verified'] : answer.reasons.map(({ code }) => code);
}

test('the certificate must be valid at every stamp, not at the first one alone', async () => {
  const twice = stamped((signature) => [authority.stamp(signature, signedAt), authority.stamp(signature, minutes(11))]);
  expect(await codesOf(twice)).toEqual(['VERIFY_CERTIFICATE_CHAIN']);
  expect(await codesOf({ ...twice, timestamps: twice.timestamps.toReversed() })).toEqual(['VERIFY_CERTIFICATE_CHAIN']);
  expect(await codesOf(twice, { timestampThreshold: 1 })).toEqual(['VERIFY_CERTIFICATE_CHAIN']);
  const within = stamped((signature) => [authority.stamp(signature, signedAt), authority.stamp(signature, minutes(9))]);
  expect(await codesOf(within)).toEqual(['verified']);
});

test('several stamps of one authority are worth one', async () => {
  const own = (signature: Buffer): Buffer[] => [authority.stamp(signature, signedAt)];
  const twice = stamped((signature) => [...own(signature), ...own(signature)]);
  expect(await codesOf(twice, { timestampThreshold: 1 })).toEqual(['verified']);
  expect(await codesOf(twice, { timestampThreshold: 2 })).toEqual(['VERIFY_TIMESTAMP_THRESHOLD']);
  const other = makeTimestampAuthority(testTime);
  const both = stamped((signature) => [...own(signature), other.stamp(signature, signedAt)]);
  const timestampAuthorities = [{ chain }, { chain: [other.leaf, other.root], url: 'https://other.example.com' }];
  expect(await codesOf(both, { timestampThreshold: 2 }, { timestampAuthorities })).toEqual(['verified']);
});

test('a stamp that does not hold is left out where another does', async () => {
  const mixed = stamped((signature) => [Buffer.from('AA', 'hex'), authority.stamp(signature, signedAt)]);
  expect(await codesOf(mixed, { timestampThreshold: 1 })).toEqual(['verified']);
  expect(await codesOf(mixed, { timestampThreshold: 2 })).toEqual([
    'VERIFY_TIMESTAMP_THRESHOLD',
    'VERIFY_TIMESTAMP_INVALID',
  ]);
});

test.each([
  ['for something else', usageExtension('codeSigning', true)],
  ['whose usage may be overlooked', usageExtension('timeStamping', false)],
])('an authority with a certificate %s is none', async (_, usage) => {
  const faulty = makeTimestampAuthority(testTime, 'ecdsa-p256', usage);
  const bundle = stamped((signature) => [faulty.stamp(signature, signedAt)]);
  const root = { timestampAuthorities: [{ chain: [faulty.leaf, faulty.root] }] };
  expect(await codesOf(bundle, { timestampThreshold: 1 }, root)).toEqual(['VERIFY_TIMESTAMP_UNTRUSTED']);
});

test('the window that counts is that of the authority which made the stamp', async () => {
  const bundle = stamped((signature) => [authority.stamp(signature, signedAt)]);
  const ended = { chain, validFor: { start: '2020-01-01T00:00:00Z', end: '2026-05-01T00:00:00Z' } };
  const other = makeTimestampAuthority(testTime);
  const beside = (unrelated: object[]) => ({
    timestampAuthorities: [ended, { chain: unrelated as (typeof chain)[number][] }],
  });
  const demanded = { timestampThreshold: 1 };
  expect(await codesOf(bundle, demanded, beside([other.leaf, other.root]))).toEqual(['VERIFY_TIMESTAMP_UNTRUSTED']);
  // An authority without certificates makes the whole root one that is not valid.
  await expect(codesOf(bundle, demanded, beside([]))).rejects.toThrowCode('TRUST_ROOT_INVALID');
});

test('the last moment of a window belongs to it', async () => {
  const bundle = stamped((signature) => [authority.stamp(signature, signedAt)]);
  const until = (end: Date) => [{ chain, validFor: { start: '2020-01-01T00:00:00Z', end: end.toISOString() } }];
  expect(await codesOf(bundle, {}, { timestampAuthorities: until(signedAt) })).toEqual(['verified']);
  const before = new Date(signedAt.getTime() - 1000);
  expect(await codesOf(bundle, {}, { timestampAuthorities: until(before) })).toContain('VERIFY_TIME_MISSING');
});
