import { expect, test } from 'vitest';
import {
  judgeBy,
  person,
  podOf,
  readPolicies,
  signedBy,
  statedBy,
  testDigest,
  workloadOf,
} from '../../../../testkit/policy.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import type { EvidenceNeed, EvidencePiece } from '../../model/need.ts';

const alice = makeKey();
const signer = { kind: 'key', id: 'k' } as const;

const policy = (spec: object, name = 'p'): string =>
  JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name },
    spec: { images: [{ glob: '**' }], ...spec },
  });

const keyed = (more: object = {}): object => ({ authorities: [{ key: { data: alice.pem }, ...more }] });
const keyless = (identity: object, more: object = {}): object => ({
  authorities: [{ keyless: { identities: [identity], ...more } }],
});

const judged = (text: string, pieces: readonly EvidencePiece[] = [], image = 'ghcr.io/org/app:1') =>
  judgeBy(text, { object: podOf([image]) }, { evidence: () => pieces });

async function needsOf(text: string): Promise<EvidenceNeed[]> {
  const needs: EvidenceNeed[] = [];
  const evidence = (need: EvidenceNeed): EvidencePiece[] => {
    needs.push(need);
    return [];
  };
  await judgeBy(text, { object: podOf(['ghcr.io/org/app:1']) }, { evidence });
  return needs;
}

test.each([
  ['*', 'nginx', true],
  ['*', 'org/app:1', false],
  ['*/*', 'org/app', true],
  ['**', 'ghcr.io/a/b/c:1', true],
  ['ghcr.io/org/*', 'ghcr.io/org/app:1', true],
  ['ghcr.io/org/*', 'ghcr.io/org/team/app:1', false],
  ['ghcr.io/org/**', 'ghcr.io/org/team/app:1', true],
  ['ghcr.io/org/app', 'ghcr.io/org/app', true],
  ['ghcr.io/org/app', 'ghcr.io/org/app:1', false],
  ['ghcr.io/org/app@*', `ghcr.io/org/app:1@${testDigest}`, true],
  ['index.docker.io/library/nginx:latest', 'nginx', true],
  ['ghcr.io.org/*', 'ghcr.io/org/app', false],
])('the glob %s names %s: %s', async (glob, image, expected) => {
  const { results } = await judged(policy({ ...keyed(), images: [{ glob }] }), [], image);
  expect(results[0]?.rule).toBe(expected ? 'authorities' : 'no-match');
  expect(results[0]?.denies).toBe(true);
});

test.each([
  ['a signature by the key', keyed(), [signedBy(signer)], true],
  ['none', keyed(), [], false],
  [
    'one of two authorities',
    { authorities: [{ static: { action: 'fail' } }, { key: { data: alice.pem } }] },
    [signedBy(signer)],
    true,
  ],
  ['a static pass', { authorities: [{ static: { action: 'pass' } }] }, [], true],
  ['a static fail', { authorities: [{ static: { action: 'fail', message: 'no' } }] }, [], false],
  [
    'the person',
    keyless({ issuer: 'https://issuer.example.com', subject: 'dev@org.com' }),
    [signedBy(person('dev@org.com'))],
    true,
  ],
  [
    'a pattern of the person',
    keyless({ issuerRegExp: '.*', subjectRegExp: '@org\\.com$' }),
    [signedBy(person('dev@org.com'))],
    true,
  ],
  ['another person', keyless({ issuerRegExp: '.*', subject: 'x@org.com' }), [signedBy(person('dev@org.com'))], false],
  ['a key in a secret', { authorities: [{ key: { secretRef: { name: 's' } } }] }, [signedBy(signer)], false],
  ['a key in a KMS', { authorities: [{ key: { kms: 'gcpkms://x' } }] }, [signedBy(signer)], false],
  ['a prefix of tags', keyed({ source: [{ oci: 'x/y', tagPrefix: 'z' }] }), [signedBy(signer)], false],
  ['conditions in Rego', { ...keyed(), policy: { type: 'rego', data: 'x' } }, [signedBy(signer)], false],
  ['a trust root that is not given', keyed({ ctlog: { trustRootRef: 'x' } }), [signedBy(signer)], false],
  [
    'an authority of time that is not given',
    keyed({ rfc3161timestamp: { trustRootRef: 'x' } }),
    [signedBy(signer)],
    false,
  ],
])('%s', async (_, spec, pieces, expected) => {
  expect((await judged(policy(spec), pieces)).allowed).toBe(expected);
});

const type = 'https://slsa.dev/provenance/v1';
test.each([
  ['there is one', { predicateType: 'slsaprovenance1' }, [statedBy(signer, type, {})], true],
  ['a signature is none', { predicateType: type }, [signedBy(signer)], false],
  [
    'conditions are not judged',
    { predicateType: type, policy: { type: 'cue', data: '' } },
    [statedBy(signer, type, {})],
    false,
  ],
])('an attestation: %s', async (_, attestation, pieces, expected) => {
  const text = policy(keyed({ attestations: [{ name: 'a', ...attestation }] }));
  expect((await judged(text, pieces)).allowed).toBe(expected);
});

test('every policy about an image must be satisfied; the tag is replaced by the digest', async () => {
  const both = `${policy(keyed())}\n---\n${policy({ authorities: [{ static: { action: 'pass' } }] }, 'q')}`;
  expect((await judged(both)).allowed).toBe(false);
  const { allowed, patches } = await judged(both, [signedBy(signer)]);
  expect({ allowed, patches }).toEqual({
    allowed: true,
    patches: [{ pointer: '/spec/containers/0/image', image: `ghcr.io/org/app:1@${testDigest}` }],
  });
});

test('a policy that warns lets in', async () => {
  expect(await judged(policy({ ...keyed(), mode: 'warn' }))).toMatchObject({
    allowed: true,
    results: [{ outcome: 'warn', denies: false }],
  });
});

test('what logs and timestamps have to say', async () => {
  expect((await needsOf(policy(keyed())))[0]?.proof.log).toEqual({ required: false });
  expect((await needsOf(policy(keyed({ ctlog: {} }))))[0]?.proof.log).toEqual({ required: true });
  const stamped = (await needsOf(policy(keyed({ ctlog: {}, rfc3161timestamp: {} }))))[0]?.proof;
  expect(stamped).toMatchObject({ log: { required: false }, timestamp: {} });
  const anyone = { issuerRegExp: '.*', subjectRegExp: '.*' };
  expect((await needsOf(policy(keyless(anyone))))[0]?.proof).toMatchObject({
    by: { kind: 'certificate' },
    log: { required: true },
    certificateLog: { required: true },
  });
  const own = keyless(anyone, { insecureIgnoreSCT: true, 'ca-cert': { data: 'pem' } });
  expect((await needsOf(policy(own)))[0]?.proof).toMatchObject({
    authorities: 'pem',
    certificateLog: { required: false },
  });
  expect((await needsOf(policy(keyed({ source: [{ oci: 'ghcr.io/org/sigs' }] }))))[0]?.repository).toBe(
    'ghcr.io/org/sigs',
  );
});

test('a TrustRoot gives keys and certificates', async () => {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  const root = JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1alpha1',
    kind: 'TrustRoot',
    metadata: { name: 'own' },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: [{ certChain: encoded('ca') }],
        tLogs: [{ publicKey: encoded('log') }, { publicKey: encoded('log2') }],
        ctLogs: [{ publicKey: encoded('ctlog') }],
        timestampAuthorities: [{ certChain: encoded('tsa') }],
      },
    },
  });
  const identities = [{ issuerRegExp: '.*', subjectRegExp: '.*' }];
  const named = { trustRootRef: 'own' };
  const authority = { keyless: { identities, ...named }, ctlog: named, rfc3161timestamp: named };
  const [need] = await needsOf(`${root}\n---\n${policy({ authorities: [authority] })}`);
  expect(need?.proof).toEqual({
    by: { kind: 'certificate' },
    authorities: 'ca\n',
    log: { required: false, key: 'log\nlog2\n' },
    certificateLog: { required: true, key: 'ctlog\n' },
    timestamp: { chain: 'tsa\n' },
  });
  const remote = root.replace('"sigstoreKeys"', '"remote"');
  expect((await judged(`${remote}\n---\n${policy({ authorities: [authority] })}`)).allowed).toBe(false);
});

test.each([
  [{ resource: 'pods' }, true],
  [{ resource: 'pods', version: 'v1' }, true],
  [{ resource: 'deployments', group: 'apps' }, false],
  [{ resource: 'pods', selector: { matchLabels: { a: 'b' } } }, true],
  [{ resource: 'pods', selector: { matchLabels: { a: 'c' } } }, false],
])('match %j takes a pod in: %s', async (match, expected) => {
  const text = policy({ ...keyed(), match: [match] });
  const { results } = await judgeBy(text, { object: podOf(['a:1'], { labels: { a: 'b' } }) });
  expect(results[0]?.rule).toBe(expected ? 'authorities' : 'no-match');
});

test('what makes pods is judged, deletions are let be', async () => {
  const object = workloadOf('CronJob', 'batch/v1', ['a:1']);
  expect((await judgeBy(policy(keyed()), { object })).allowed).toBe(false);
  expect((await judgeBy(policy(keyed()), { object, operation: 'DELETE' })).results).toEqual([]);
});

test.each([
  [{ images: [] }],
  [{ images: [{ glob: 'a?b' }] }],
  [{ authorities: [] }],
  [{ authorities: [{ key: { data: alice.pem }, static: { action: 'pass' } }] }],
  [{ authorities: [{ keyless: { identities: [] } }] }],
  [{ authorities: [{ keyless: { identities: [{ issuer: 'x' }] } }] }],
  [{ ...keyed(), match: [{ resource: 'services' }] }],
  [{ ...keyed(), match: [{ resource: 'pods', selector: { matchExpressions: [] } }] }],
  [{ ...keyed({ source: [{ oci: 'a' }, { oci: 'b' }] }) }],
])('%j is refused when it is read', async (spec) => {
  await expect(readPolicies(policy({ ...keyed(), ...spec }))).rejects.toThrowCode('POLICY_INVALID');
});
