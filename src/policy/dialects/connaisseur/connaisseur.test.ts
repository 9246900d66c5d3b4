import { expect, test } from 'vitest';
import {
  judgeBy,
  person,
  podOf,
  readPolicies,
  signedBy,
  signedWith,
  testDigest,
  workloadOf,
} from '../../../../testkit/policy.ts';
import { connaisseurText } from '../../../../testkit/policy-texts.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import type { EvidenceNeed, EvidencePiece } from '../../model/need.ts';
import { mostSpecific } from './specificity.ts';

const [alice, bob, carol] = [makeKey(), makeKey(), makeKey()] as const;
const roots = [
  { name: 'default', key: alice.pem },
  { name: 'bob', key: bob.pem },
  { name: 'carol', key: carol.pem },
];

const cosign = (name = 'default'): object => ({ name, type: 'cosign', trustRoots: roots });
const config = (policy: readonly object[], validators: readonly object[] = [cosign()], more: object = {}): string =>
  JSON.stringify({ validators, policy, ...more });

const judged = (text: string, evidence: (need: EvidenceNeed) => EvidencePiece[], image = 'app:1') =>
  judgeBy(text, { object: podOf([image]) }, { evidence });

test('validators alone hold for all images, by the trust root named default, with the log demanded', async () => {
  const needs: EvidenceNeed[] = [];
  const decision = await judged(connaisseurText(alice.pem), (need) => {
    needs.push(need);
    return signedWith({ pem: `${alice.pem.trim()}\n` })(need);
  });
  expect(decision.allowed).toBe(true);
  expect(decision.patches).toEqual([
    { pointer: '/spec/containers/0/image', image: `docker.io/library/app:1@${testDigest}` },
  ]);
  expect(needs.map(({ proof }) => proof)).toMatchObject([
    { log: { required: true }, certificateLog: { required: true } },
  ]);
  expect((await judged(connaisseurText(alice.pem), signedWith(bob))).allowed).toBe(false);
});

test.each([
  [
    'the literal dots',
    connaisseurText('-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----'),
    'POLICY_KEY_PLACEHOLDER',
  ],
  ['something else', connaisseurText('key'), 'POLICY_KEY_INVALID'],
  [
    'several validators and none named default',
    JSON.stringify({ validators: [cosign('a'), cosign('b')] }),
    'POLICY_VALIDATOR_AMBIGUOUS',
  ],
  ['notation', JSON.stringify({ validators: [{ name: 'n', type: 'notation' }] }), 'POLICY_VALIDATOR_UNSUPPORTED'],
  ['notary', JSON.stringify({ validators: [{ name: 'n', type: 'notaryv1' }] }), 'POLICY_VALIDATOR_UNSUPPORTED'],
  ['another type', JSON.stringify({ validators: [{ name: 'n', type: 'magic' }] }), 'POLICY_INVALID'],
  ['no trust root', JSON.stringify({ validators: [{ name: 'n', type: 'cosign', trustRoots: [] }] }), 'POLICY_INVALID'],
  ['a validator that is not there', config([{ pattern: '*', validator: 'x' }]), 'POLICY_INVALID'],
  ['a trust root that is not there', config([{ pattern: '*', with: { trustRoot: 'x' } }]), 'POLICY_INVALID'],
  [
    'a required one that is not there',
    config([{ pattern: '*', with: { trustRoot: '*', required: ['x'] } }]),
    'POLICY_INVALID',
  ],
  ['a threshold beyond reach', config([{ pattern: '*', with: { threshold: 2 } }]), 'POLICY_INVALID'],
  ['a misspelt option', config([{ pattern: '*', with: { treshold: 1 } }]), 'POLICY_INVALID'],
  ['an unclosed pattern', config([{ pattern: '{a' }]), 'POLICY_PATTERN_INVALID'],
  [
    'a subject in both forms',
    JSON.stringify({
      validators: [
        {
          name: 'n',
          type: 'cosign',
          trustRoots: [{ name: 'default', keyless: { subject: 'a', subjectRegex: 'b', issuer: 'c' } }],
        },
      ],
    }),
    'POLICY_INVALID',
  ],
])('%s is refused', async (_, text, code) => {
  await expect(readPolicies(text)).rejects.toThrowCode(code);
});

test('of several validators without a policy the one named default holds', async () => {
  const text = JSON.stringify({ validators: [{ name: 'deny', type: 'static', approve: false }, cosign()] });
  expect((await judged(text, signedWith(alice))).allowed).toBe(true);
});

test.each([
  [{}, [alice], true],
  [{}, [bob], false],
  [{ trustRoot: 'bob' }, [bob], true],
  [{ trustRoot: '*' }, [alice, bob], false],
  [{ trustRoot: '*' }, [alice, bob, carol], true],
  [{ trustRoot: '*', threshold: 2 }, [alice, carol], true],
  [{ trustRoot: '*', threshold: 2 }, [alice], false],
  [{ trustRoot: '*', required: ['bob'] }, [bob], true],
  [{ trustRoot: '*', required: ['bob'] }, [alice, carol], false],
  [{ trustRoot: '*', required: ['bob'], threshold: 2 }, [bob], false],
  [{ trustRoot: '*', required: ['bob'], threshold: 2 }, [alice, carol], false],
  [{ trustRoot: '*', required: ['bob'], threshold: 2 }, [alice, bob], true],
  [{ trust_root: '*', threshold: 1 }, [carol], true],
])('with %j', async (options, keys, expected) => {
  expect((await judged(config([{ pattern: '*', with: options }]), signedWith(...keys))).allowed).toBe(expected);
});

test('one that signs twice counts once', async () => {
  const twice = (need: EvidenceNeed) => [...signedWith(alice)(need), ...signedWith(alice)(need)];
  expect((await judged(config([{ pattern: '*', with: { trustRoot: '*', threshold: 2 } }]), twice)).allowed).toBe(false);
});

test('static validators decide without any signature, and pin nothing', async () => {
  const validators = [
    { name: 'allow', type: 'static', approve: true },
    { name: 'deny', type: 'static', approve: false },
  ];
  const text = config(
    [
      { pattern: '*', validator: 'deny' },
      { pattern: 'docker.io/library/*', validator: 'allow' },
    ],
    validators,
  );
  expect(await judged(text, () => [])).toMatchObject({ allowed: true, patches: [] });
  const denied = await judged(text, () => [], 'ghcr.io/org/app:1');
  expect(denied.allowed).toBe(false);
  expect(denied.results[0]?.message).toContain('static deny using rule *');
});

test.each([
  [['*', 'docker.io/*'], 'index.docker.io/library/app:1', 'docker.io/*'],
  [['docker.io/*/app*', 'docker.io/library/*'], 'index.docker.io/library/app:1', 'docker.io/library/*'],
  [['ghcr.io/org/*', 'ghcr.io/*/*'], 'ghcr.io/org/app:1', 'ghcr.io/org/*'],
  [['ghcr.io/org/app:*', 'ghcr.io/org/app:1'], 'ghcr.io/org/app:1', 'ghcr.io/org/app:1'],
  [['ghcr.io/org/*', 'ghcr.io/org/*'], 'ghcr.io/org/app:1', 'ghcr.io/org/*'],
  [['ghcr.io/{org,other}/*', '*'], 'ghcr.io/other/app:1', 'ghcr.io/{org,other}/*'],
  [['ghcr.io/o[a-r]g/*', '*'], 'ghcr.io/org/app:1', 'ghcr.io/o[a-r]g/*'],
  [['ghcr.io/o[!a-r]g/*', 'x'], 'ghcr.io/org/app:1', undefined],
  [['quay.io'], 'ghcr.io/org/app:1', undefined],
])('of %j the one for %s is %s', (patterns, image, expected) => {
  const rules = patterns.map((pattern, index) => ({ pattern, index }));
  const found = mostSpecific(rules, image);
  expect(found?.pattern).toBe(expected);
  if (new Set(patterns).size === 1 && expected !== undefined) expect(found?.index).toBe(patterns.length - 1);
});

test('an image that no rule is about is denied; in detection mode it is a warning', async () => {
  const rules = [{ pattern: 'ghcr.io/*' }];
  const denied = await judged(config(rules), () => []);
  expect(denied).toMatchObject({ allowed: false, results: [{ rule: 'no-match', outcome: 'fail' }] });
  const warned = await judged(config(rules, [cosign()], { detectionMode: true }), () => []);
  expect(warned).toMatchObject({ allowed: true, results: [{ outcome: 'warn' }] });
  const helm = JSON.stringify({
    application: { validators: [cosign()], policy: rules, features: { detectionMode: true } },
    alerting: {},
  });
  expect((await judged(helm, () => [], 'ghcr.io/a:1')).results).toMatchObject([{ outcome: 'warn', denies: false }]);
  expect((await readPolicies(helm))[0]?.notes.map(({ at }) => at)).toEqual(['alerting']);
});

test('options of logs, hosts and modes', async () => {
  const needs: EvidenceNeed[] = [];
  const host = { rekorPubkey: 'log', fulcioCert: 'authority', ctLogPubkey: 'certificates' };
  const validators = [{ ...cosign(), host, auth: { secretName: 'x' } }];
  const options = { verifyInTransparencyLog: false, verifySCT: false, mode: 'insecureValidateOnly' };
  const text = config([{ pattern: '*', with: options }], validators);
  const decision = await judged(text, (need) => {
    needs.push(need);
    return signedWith(alice)(need);
  });
  expect(decision).toMatchObject({ allowed: true, patches: [] });
  expect(needs[0]?.proof).toMatchObject({
    authorities: 'authority',
    log: { required: false, key: 'log' },
    certificateLog: { required: false, key: 'certificates' },
  });
  expect((await readPolicies(text))[0]?.notes.map(({ at }) => at)).toEqual(['validators[0].auth']);
  const second = config(
    [{ pattern: '*' }],
    [{ name: 'default', type: 'cosign', host: 'rekor.example.com', trust_roots: roots }],
  );
  expect((await judged(second, signedWith(alice))).allowed).toBe(true);
});

test.each([
  [{ subject: 'dev@org.com', issuer: 'https://issuer.example.com' }, true],
  [{ subject: '*@org.com', issuer: 'https://issuer.example.com' }, false],
  [{ subjectRegex: '@org\\.com$', issuerRegex: '^https://issuer' }, true],
  [{ subjectRegex: '@org\\.com$', issuer: 'https://other' }, false],
])('keyless %j: %s', async (keyless, expected) => {
  const validators = [{ name: 'default', type: 'cosign', trustRoots: [{ name: 'default', keyless }] }];
  const text = JSON.stringify({ validators });
  expect((await judged(text, () => [signedBy(person('dev@org.com'))])).allowed).toBe(expected);
});

test('a key that is kept elsewhere does not count', async () => {
  const validators = [{ name: 'default', type: 'cosign', trustRoots: [{ name: 'default', key: 'awskms://x' }] }];
  const { results } = await judged(JSON.stringify({ validators }), () => []);
  expect(results[0]?.message).toContain('cannot be fetched here');
});

test.each([
  ['ignore', { l: 'ignore' }, 0],
  ['ignore', {}, 1],
  ['validate', { l: 'validate' }, 1],
  ['validate', {}, 0],
])('namespaces in the mode %s with %j', async (mode, labels, count) => {
  const text = config([{ pattern: '*' }], [cosign()], { namespacedValidation: { enabled: true, mode } });
  const own = Object.fromEntries(
    Object.values(labels).map((value) => ['securesystemsengineering.connaisseur/webhook', value as string]),
  );
  const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: own } }];
  const { results } = await judgeBy(text, { object: podOf(['a:1']) }, { objects });
  expect(results).toHaveLength(count);
});

test('what makes pods is judged too, and only warned of when pods alone are', async () => {
  const object = workloadOf('Deployment', 'apps/v1', ['a:1']);
  expect((await judgeBy(config([{ pattern: '*' }]), { object })).allowed).toBe(false);
  const podsOnly = config([{ pattern: '*' }], [cosign()], { resourceValidationMode: 'podsOnly' });
  expect((await judgeBy(podsOnly, { object })).allowed).toBe(true);
  expect((await judgeBy(podsOnly, { object: podOf(['a:1']) })).allowed).toBe(false);
  expect((await judgeBy(podsOnly, { object, operation: 'DELETE' })).results).toEqual([]);
});
