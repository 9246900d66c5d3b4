import { expect, test } from 'vitest';
import {
  judgeBy,
  person,
  podOf,
  readPolicies,
  signedBy,
  signedWith,
  statedBy,
  testDigest,
} from '../../../../testkit/policy.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import type { EvidenceNeed, ImageContent } from '../../model/need.ts';

const [alice, bob] = [makeKey(), makeKey()] as const;
const signers = { alice: { key: alice.pem, log: false }, bob: { key: bob.pem, log: false } };

/** A policy; what is given stands in for parts of its spec. */
const policy = (spec: object = {}): string =>
  JSON.stringify({
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name: 'release' },
    spec: { images: ['ghcr.io/org/**'], signers, require: { signatures: { by: ['alice'] } }, ...spec },
  });

const pod = podOf(['ghcr.io/org/app:1']);

test('an image that the signer signed is let in and pinned, another denied', async () => {
  const decision = await judgeBy(policy(), { object: pod }, { evidence: signedWith(alice) });
  expect(decision).toMatchObject({ allowed: true, results: [{ rule: 'release', outcome: 'pass' }] });
  expect(decision.patches).toEqual([{ pointer: '/spec/containers/0/image', image: `ghcr.io/org/app:1@${testDigest}` }]);
  expect(await judgeBy(policy({ pin: false }), { object: pod }, { evidence: signedWith(alice) })).toMatchObject({
    patches: [],
  });
  const denied = await judgeBy(policy(), { object: pod }, { evidence: signedWith(bob) });
  expect(denied).toMatchObject({ allowed: false, results: [{ outcome: 'fail', denies: true }] });
  expect(denied.results[0]?.message).toContain('signers.alice: no signatures found');
});

test.each([
  [{}, [alice], false],
  [{}, [alice, bob], true],
  [{ atLeast: 1 }, [bob], true],
  [{ by: ['alice', 'bob'], atLeast: 2 }, [bob], false],
  [[{ by: ['alice'] }, { by: ['bob'] }], [alice], false],
  [[{ by: ['alice'] }, { by: ['bob'] }], [alice, bob], true],
])('signatures %j', async (signatures, keys, allowed) => {
  const text = policy({ require: { signatures } });
  expect(await judgeBy(text, { object: pod }, { evidence: signedWith(...keys) })).toMatchObject({ allowed });
});

test.each([
  ['ghcr.io/org/**', 'ghcr.io/org/a/b:1', true],
  ['ghcr.io/org/*', 'ghcr.io/org/a/b:1', false],
  ['ghcr.io/org/*', 'ghcr.io/org/app:1', true],
  ['ghcr.io/org/app:1', `ghcr.io/org/app:1@${testDigest}`, true],
  ['docker.io/library/*', 'nginx', true],
  ['**', 'nginx', true],
  ['ghcr.io/org/app', 'ghcr.io/org/app:1', false],
])('the pattern %s names %s: %s', async (pattern, image, isNamed) => {
  const text = policy({ images: [pattern] });
  expect(await judgeBy(text, { object: podOf([image]) })).toMatchObject({ allowed: !isNamed });
});

test('exceptions are told, and take an image with a digest by that alone', async () => {
  const text = policy({ except: ['ghcr.io/org/app:*'] });
  expect((await judgeBy(text, { object: pod })).results).toMatchObject([{ outcome: 'skip' }]);
  const object = podOf([`ghcr.io/org/app:1@${testDigest}`]);
  expect(await judgeBy(text, { object })).toMatchObject({ allowed: false });
});

test.each([
  [{ namespaces: ['sh*'] }, false],
  [{ namespaces: ['x'] }, true],
  [{ exceptNamespaces: ['shop'] }, true],
])('namespaces %j', async (spec, allowed) => {
  expect(await judgeBy(policy(spec), { object: pod })).toMatchObject({ allowed });
});

test('images that no policy names are let in unless they are to be denied', async () => {
  const object = podOf(['nginx']);
  expect(await judgeBy(policy(), { object })).toMatchObject({ allowed: true });
  expect(await judgeBy(policy({ unmatched: 'deny' }), { object })).toMatchObject({ allowed: false });
});

test.each([
  ['enforce', false, 'fail'],
  ['audit', true, 'fail'],
  ['warn', true, 'warn'],
])('mode %s', async (mode, allowed, outcome) => {
  expect(await judgeBy(policy({ mode }), { object: pod })).toMatchObject({ allowed, results: [{ outcome }] });
});

test('statements must be of the type and by the signer', async () => {
  const text = policy({ require: { attestations: [{ type: 'slsaprovenance1', by: ['alice'] }] } });
  const stated = (type: string) => () => [statedBy({ kind: 'key', id: 'k' }, type, {})];
  expect(await judgeBy(text, { object: pod }, { evidence: stated('https://slsa.dev/provenance/v1') })).toMatchObject({
    allowed: true,
  });
  expect(await judgeBy(text, { object: pod }, { evidence: stated('https://x') })).toMatchObject({ allowed: false });
});

test.each([
  ['https://cyclonedx.org/bom', true],
  ['https://spdx.dev/Document', true],
  ['https://x', false],
])('an SBOM of the type %s is attested: %s', async (type, allowed) => {
  const text = policy({ require: { sbom: 'attested' } });
  const evidence = ({ proof }: EvidenceNeed) =>
    proof.by.kind === 'key' && proof.by.pem === bob.pem ? [statedBy({ kind: 'key', id: 'k' }, type, {})] : [];
  expect(await judgeBy(text, { object: pod }, { evidence })).toMatchObject({ allowed });
});

const fresh = new Date('2026-05-30T12:00:00Z');
const stale = new Date('2026-05-01T12:00:00Z');

test.each([
  ['pass', fresh, true, 'verified image'],
  ['fail', fresh, false, 'the verdict is fail'],
  ['incomplete', fresh, false, 'the verdict is incomplete'],
  ['fail', stale, false, 'the verdict is fail'],
  ['pass', stale, true, 'not known: require.verdict: the data of the verdict is 31 days old'],
] as const)('a verdict %s under data of %s', async (result, dataAt, allowed, message) => {
  const text = policy({ require: { verdict: { maxDays: 7 } }, onMissing: 'warn' });
  const decision = await judgeBy(text, { object: pod }, { verdict: { result, dataAt } });
  expect(decision).toMatchObject({ allowed, results: [{ message: expect.stringContaining(message) }] });
});

test.each([
  ['verdict', 'unknown: POLICY_FACT_MISSING'],
  ['baseImage', 'unknown: OCI_REMOTE_NOT_FOUND'],
])('a missing fact of %s denies, or warns where the policy says so', async (part, message) => {
  const require = { [part]: { maxDays: 7 } };
  const denied = await judgeBy(policy({ require }), { object: pod });
  expect(denied).toMatchObject({
    allowed: false,
    results: [{ outcome: 'error', message: expect.stringContaining(message) }],
  });
  const warned = await judgeBy(policy({ require, onMissing: 'warn' }), { object: pod });
  expect(warned).toMatchObject({
    allowed: true,
    results: [{ outcome: 'warn', message: `not known: require.${part}: ${message}` }],
  });
  // Whatever is missing, a signature is not.
  const both = policy({ require: { ...require, signatures: {} }, onMissing: 'warn' });
  expect(await judgeBy(both, { object: pod })).toMatchObject({ allowed: false });
});

const base = { 'org.opencontainers.image.base.name': 'debian:12', 'org.opencontainers.image.base.digest': testDigest };
const content = (part: Partial<ImageContent>): ImageContent => ({
  digest: testDigest,
  manifest: {},
  config: {},
  ...part,
});

test.each([
  ['a fresh base image', { manifest: { annotations: base } }, '2026-05-20T00:00:00Z', 'pass', 'verified image'],
  ['one that labels name', { config: { config: { Labels: base } } }, '2026-05-20T00:00:00Z', 'pass', 'verified image'],
  ['an old one', { manifest: { annotations: base } }, '2026-01-01T00:00:00Z', 'fail', 'the base image is 151 days old'],
  [
    'one of no time',
    { manifest: { annotations: base } },
    '1970-01-01T00:00:00Z',
    'error',
    'does not say when it was made',
  ],
  ['none', {}, '2026-05-20T00:00:00Z', 'error', 'does not name its base image by digest'],
  [
    'no name of one',
    { manifest: { annotations: { ...base, 'org.opencontainers.image.base.name': 'A B' } } },
    '',
    'error',
    'does not name its base image',
  ],
])('%s', async (_, own, created, outcome, message) => {
  const { results } = await judgeBy(
    policy({ require: { baseImage: { maxDays: 90 } } }),
    { object: pod },
    { content: (image) => content(image.startsWith('docker.io') ? { config: { created } } : own) },
  );
  expect(results).toMatchObject([{ outcome, message: expect.stringContaining(message) }]);
});

test('who a certificate must name, and what logs must have', async () => {
  const keyless = {
    issuer: 'https://issuer.example.com',
    subject: '*@x.org',
    claims: { githubWorkflowName: 'release' },
  };
  const text = policy({
    signers: {
      ci: {
        keyless,
        certificateLog: { key: 'C' },
        timestamp: { chain: 'T' },
        authorities: 'A',
        repository: 'r.io/s',
        annotations: { a: 'b' },
      },
    },
    require: { signatures: {} },
  });
  const needs: EvidenceNeed[] = [];
  const evidence = (name: string) => (need: EvidenceNeed) => {
    needs.push(need);
    return [signedBy(person('a@x.org', 'https://issuer.example.com', { githubWorkflowName: name }), { a: 'b' })];
  };
  expect(await judgeBy(text, { object: pod }, { evidence: evidence('release') })).toMatchObject({ allowed: true });
  expect(await judgeBy(text, { object: pod }, { evidence: evidence('test') })).toMatchObject({ allowed: false });
  expect(needs[0]).toMatchObject({
    repository: 'r.io/s',
    proof: {
      log: { required: false },
      certificateLog: { required: true, key: 'C' },
      timestamp: { chain: 'T' },
      authorities: 'A',
    },
  });
});

test('a key may be in a secret', async () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'keys' },
    data: { 'cosign.pub': Buffer.from(alice.pem).toString('base64') },
  };
  const text = policy({ signers: { a: { secret: { namespace: 'shop', name: 'keys' } } }, require: { signatures: {} } });
  expect(await judgeBy(text, { object: pod }, { evidence: signedWith(alice), objects: [secret] })).toMatchObject({
    allowed: true,
  });
});

test.each<[string, object]>([
  ['Unrecognized key', { other: 1 }],
  ['spec.mode is not valid', { mode: 'loud' }],
  ['spec.images is not valid', { images: [] }],
  ['demands nothing', { require: {} }],
  ['spec.signers is empty', { signers: {}, require: { signatures: {} } }],
  ['none of the signers', { require: { signatures: { by: ['carol'] } } }],
  ['names a signer twice', { require: { signatures: { by: ['alice', 'alice'] } } }],
  ['more than there are signers', { require: { signatures: { atLeast: 3 } } }],
  ['exactly one of', { signers: { a: {} }, require: { signatures: {} } }],
  ['names no issuer', { signers: { a: { keyless: { subject: 'a' } } }, require: { signatures: {} } }],
  [
    'The policy release is not valid: spec.signers.a.keyless.claims.colour is no known extension',
    {
      signers: { a: { keyless: { issuer: 'a', subject: 'b', claims: { colour: 'red' } } } },
      require: { signatures: {} },
    },
  ],
  ['names no subject', { signers: { a: { keyless: { issuer: 'a' } } }, require: { signatures: {} } }],
])('refused: %s', async (message, spec) => {
  await expect(readPolicies(policy(spec))).rejects.toMatchObject({
    code: 'POLICY_INVALID',
    message: expect.stringContaining(message),
  });
});

test('a key that is none is refused', async () => {
  const refused = readPolicies(policy({ signers: { alice: { key: '...' } } }));
  await expect(refused).rejects.toThrowCode('POLICY_KEY_PLACEHOLDER');
});
