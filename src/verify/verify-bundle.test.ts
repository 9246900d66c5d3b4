import { expect, test } from 'vitest';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, signBundle, testTime } from '../../testkit/sigstore/stack.ts';
import { parsePublicKey, parseTrustedRoot } from '../trust/index.ts';
import { artifactOf, artifactOfDigest } from './artifact.ts';
import type { VerifyPolicy } from './policy.ts';
import { verifyBundle } from './verify-bundle.ts';

const stack = makeStack();
const trust = parseTrustedRoot(stack.trustedRoot());
const artifact = Buffer.from('the artifact');
const keyless: VerifyPolicy = {
  signer: {
    kind: 'identity',
    identities: [{ name: { exact: 'user@example.com' }, issuer: { exact: 'https://issuer.example.com' } }],
  },
  trust,
  now: testTime,
};

test.each([
  ['message', 'v1', false],
  ['message', 'v1', true],
  ['message', 'v2', true],
  ['statement', 'v1', false],
  ['statement', 'v1-intoto', false],
  ['statement', 'v2', true],
  ['statement', 'v2-dsse', true],
] as const)('keyless: a %s in log %s, timestamped: %s', async (content, log, timestamped) => {
  const { bundle } = signBundle(stack, { artifact, content, log, timestamped });
  expect(await verifyBundle(bundle, artifactOf(artifact), keyless)).toMatchObject({
    outcome: 'verified',
    signer: { issuer: 'https://issuer.example.com', names: [{ kind: 'email', value: 'user@example.com' }] },
    layout: 'bundle',
  });
  const digest = artifactOf(artifact).digest('sha256') ?? '';
  expect(await verifyBundle(bundle, artifactOfDigest('sha256', digest), keyless)).toMatchObject({
    outcome: 'verified',
  });
});

test.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const)('with a key of %s', async (kind) => {
  const key = makeKey(kind);
  const policy: VerifyPolicy = { signer: { kind: 'key', key: parsePublicKey(key.pem) }, trust, now: testTime };
  for (const content of ['message', 'statement'] as const) {
    for (const log of ['v1', 'v2', 'none'] as const) {
      const { bundle } = signBundle(stack, { artifact, content, log, key, timestamped: false });
      const answer = await verifyBundle(bundle, artifactOf(artifact), {
        ...policy,
        logThreshold: log === 'none' ? 0 : 1,
      });
      expect({ content, log, answer }).toMatchObject({ answer: { outcome: 'verified', signer: { kind: 'key' } } });
    }
  }
});
