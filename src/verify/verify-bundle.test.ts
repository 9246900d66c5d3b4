import { expect, test } from 'vitest';
import { makeAuthority } from '../../testkit/sigstore/authority.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeStack, signBundle, testTime } from '../../testkit/sigstore/stack.ts';
import { makeTimestampAuthority } from '../../testkit/sigstore/timestamp-authority.ts';
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

test('of a chain in an older bundle the first certificate counts; later ones need not be readable', async () => {
  const { bundle } = signBundle(stack, { artifact, content: 'message', version: '0.2' });
  const certificate = bundle.material.kind === 'certificate' ? bundle.material.certificate : expect.fail();
  const material = { kind: 'chain', certificates: [certificate, Buffer.from('nonsense')] } as const;
  expect(await verifyBundle({ ...bundle, material }, artifactOf(artifact), keyless)).toMatchObject({
    outcome: 'verified',
  });
});

test('a chain that version 0.3 was allowed leads from the signer to a root that is trusted', async () => {
  const { bundle } = signBundle(stack, { artifact, content: 'message' });
  const certificate = bundle.material.kind === 'certificate' ? bundle.material.certificate : expect.fail();
  const { intermediate, root } = stack.authority;
  const material = { kind: 'chain', certificates: [certificate, intermediate.der, root.der] } as const;
  const rootOnly = parseTrustedRoot(stack.trustedRoot({ authorities: [{ chain: [root] }] }));
  const policy = { ...keyless, trust: rootOnly };
  expect(await verifyBundle({ ...bundle, material }, artifactOf(artifact), policy)).toMatchObject({
    outcome: 'verified',
  });
  const stranger = parseTrustedRoot(stack.trustedRoot({ authorities: [{ chain: [makeAuthority(testTime).root] }] }));
  const found = await verifyBundle({ ...bundle, material }, artifactOf(artifact), { ...keyless, trust: stranger });
  expect(found).toMatchObject({ reasons: [{ code: 'VERIFY_CERTIFICATE_CHAIN' }] });
});

test.each(['rsa', 'ecdsa-p384'] as const)('a timestamp authority with a key of %s', async (kind) => {
  const timestamps = makeTimestampAuthority(testTime, kind);
  const { bundle } = signBundle({ ...stack, timestamps }, { artifact, content: 'message', log: 'v2' });
  const root = stack.trustedRoot({ timestampAuthorities: [{ chain: [timestamps.leaf, timestamps.root] }] });
  const policy = { ...keyless, trust: parseTrustedRoot(root), timestampThreshold: 1 };
  expect(await verifyBundle(bundle, artifactOf(artifact), policy)).toMatchObject({ outcome: 'verified' });
});
