import { expect, test } from 'vitest';
import {
  clusterPolicy,
  judgeWith,
  person,
  podOf,
  readPolicies,
  signedBy,
  statedBy,
  testDigest,
  workloadOf,
} from '../../../testkit/policy.ts';
import { makeKey } from '../../../testkit/sigstore/keys.ts';
import type { EvidenceNeed, EvidencePiece } from '../model/need.ts';
import { dialects } from '../registry.ts';
import { convertPolicies } from './convert.ts';

const [alice, bob, carol] = [makeKey(), makeKey(), makeKey()] as const;
const slsa = 'https://slsa.dev/provenance/v1';
const issuer = 'https://issuer.example.com';

const convert = (policy: object, to: string): Promise<string> =>
  convertPolicies({ path: 'policy.yaml', text: JSON.stringify(policy) }, to, dialects.all);

const own = (spec: object, name = 'p'): object => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'ImagePolicy',
  metadata: { name },
  spec: { images: ['ghcr.io/org/**'], ...spec },
});
const signers = {
  a: { key: alice.pem, log: false },
  b: { key: bob.pem, log: false },
  c: { key: carol.pem, log: false },
};
const keyless = (identity: object, more: object = {}) =>
  own({ signers: { k: { keyless: identity, ...more } }, require: { signatures: {} } });
const cluster = (entry: object, spec: object = {}, rule: object = {}): object =>
  clusterPolicy({ imageReferences: ['ghcr.io/org/*'], ...entry }, spec, rule);
const logs = { rekor: { url: 'https://r', ignoreTlog: true }, ctlog: { ignoreSCT: true } };
const keyed = (...keys: readonly { readonly pem: string }[]) =>
  keys.map(({ pem }) => ({ keys: { publicKeys: pem, ...logs } }));
const sigstore = (spec: object): object => ({
  apiVersion: 'policy.sigstore.dev/v1beta1',
  kind: 'ClusterImagePolicy',
  metadata: { name: 'p' },
  spec: { images: [{ glob: 'ghcr.io/org/**' }], authorities: [{ name: 'a', key: { data: alice.pem } }], ...spec },
});
const connaisseur = (
  rule: object = {},
  roots: readonly object[] = [{ name: 'default', key: alice.pem }],
  more: object = {},
) => ({
  validators: [{ name: 'v', type: 'cosign', trustRoots: roots }],
  policy: [{ pattern: '*ghcr.io/org/*:*', validator: 'v', ...rule }],
  ...more,
});

/** Everybody who may have signed, or stated something. */
const worlds: Readonly<Record<string, (need: EvidenceNeed) => EvidencePiece[]>> = {
  nobody: () => [],
  ...Object.fromEntries(
    [[alice], [bob], [alice, bob], [alice, carol], [alice, bob, carol]].map((keys, index) => [
      `keys ${index}`,
      ({ proof: { by } }: EvidenceNeed) =>
        keys.some(({ pem }) => by.kind === 'key' && by.pem.trim() === pem.trim())
          ? [signedBy({ kind: 'key', id: 'k' })]
          : [],
    ]),
  ),
  'a person': ({ proof: { by } }) => (by.kind === 'certificate' ? [signedBy(person('a@x.org', issuer))] : []),
  'another person': ({ proof: { by } }) => (by.kind === 'certificate' ? [signedBy(person('b@y.org', issuer))] : []),
  'somebody identified elsewhere': ({ proof: { by } }) =>
    by.kind === 'certificate' ? [signedBy(person('a@x.org', 'https://z'))] : [],
  'a statement': ({ proof: { by } }) =>
    by.kind === 'key' && by.pem.trim() === alice.pem.trim() ? [statedBy({ kind: 'key', id: 'k' }, slsa, {})] : [],
  'another statement': () => [statedBy({ kind: 'key', id: 'k' }, 'https://x', {})],
};
const objects = [
  ...['ghcr.io/org/app:1', 'ghcr.io/org/a/b:1', 'ghcr.io/other/app:1', 'nginx', `ghcr.io/org/app:1@${testDigest}`].map(
    (image) => podOf([image]),
  ),
  podOf(['ghcr.io/org/app:1', 'nginx']),
  workloadOf('Deployment', 'apps/v1', ['ghcr.io/org/app:1']),
  workloadOf('CronJob', 'batch/v1', ['ghcr.io/other/app:1']),
];

/** What a policy says of every object in every world. */
async function verdicts(text: string): Promise<string[]> {
  const policies = await readPolicies(text);
  const all: string[] = [];
  for (const [world, evidence] of Object.entries(worlds)) {
    for (const [index, object] of objects.entries()) {
      const { allowed } = await judgeWith(policies, { object }, { evidence });
      all.push(`${world} ${index} ${allowed}`);
    }
  }
  return all;
}

/** What a language adds of its own, as for images that no policy names, does not always come back. */
function refused(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'POLICY_NOT_CONVERTIBLE' });
}

const everywhere = ['plimsoll', 'kyverno', 'policy-controller'];

test.each<[string, object, readonly string[]]>([
  ['a key', own({ signers, require: { signatures: { by: ['a'] } } }), everywhere],
  ['one of two keys', own({ signers, require: { signatures: { by: ['a', 'b'], atLeast: 1 } } }), everywhere],
  ['both of two keys', own({ signers, require: { signatures: { by: ['a', 'b'] } } }), everywhere],
  [
    'one of two keys and a third',
    own({ signers, require: { signatures: [{ by: ['a', 'b'], atLeast: 1 }, { by: ['c'] }] } }),
    everywhere,
  ],
  ['two of three keys', own({ signers, require: { signatures: { atLeast: 2 } } }), ['plimsoll', 'kyverno']],
  ['a statement', own({ signers, require: { attestations: [{ type: slsa, by: ['a'] }] } }), everywhere],
  ['a person', keyless({ issuer, subject: 'a@x.org' }), everywhere],
  ['persons by a wildcard', keyless({ issuer, subject: '*@x.org' }), everywhere],
  ['persons by an expression', keyless({ issuerRegExp: 'issuer', subjectRegExp: '@x[.]org$' }), everywhere],
  [
    'everything, in all languages',
    own({ images: ['**'], signers, require: { signatures: { atLeast: 2 } } }),
    ['plimsoll', 'kyverno', 'connaisseur'],
  ],
  [
    'everything by a person',
    {
      ...keyless({ issuer, subject: '*@x.org' }),
      spec: {
        images: ['**'],
        signers: { k: { keyless: { issuer, subject: '*@x.org' } } },
        require: { signatures: {} },
      },
    },
    [...everywhere, 'connaisseur'],
  ],
  ['a warning', own({ mode: 'warn', signers, require: { signatures: { by: ['a'] } } }), everywhere],
  ['others denied', own({ unmatched: 'deny', signers, require: { signatures: { by: ['a'] } } }), everywhere],
  [
    'a segment',
    own({ images: ['ghcr.io/org/*'], signers, require: { signatures: { by: ['a'] } } }),
    ['plimsoll', 'policy-controller'],
  ],
  ['a tag', own({ images: ['ghcr.io/org/app:1'], signers, require: { signatures: { by: ['a'] } } }), everywhere],
  [
    'anywhere',
    own({ images: ['**/org/**'], unmatched: 'deny', signers, require: { signatures: { by: ['a'] } } }),
    [...everywhere, 'connaisseur'],
  ],
  [
    'Kyverno: a set with a count',
    cluster({ attestors: [{ count: 2, entries: keyed(alice, bob, carol) }] }),
    ['plimsoll', 'kyverno'],
  ],
  ['Kyverno: two sets', cluster({ attestors: [{ entries: keyed(alice) }, { entries: keyed(bob) }] }), everywhere],
  [
    'Kyverno: a statement',
    cluster({ attestations: [{ type: slsa, attestors: [{ entries: keyed(alice) }] }] }),
    everywhere,
  ],
  [
    'Kyverno: keyless',
    cluster({ attestors: [{ entries: [{ keyless: { issuer, subject: '*@x.org' } }] }] }),
    everywhere,
  ],
  [
    'Kyverno: two entries',
    cluster(
      {},
      {
        rules: [
          {
            name: 'r',
            match: { any: [{ resources: { kinds: ['Pod'] } }] },
            verifyImages: [
              { imageReferences: ['ghcr.io/org/*'], attestors: [{ entries: keyed(alice) }] },
              { imageReferences: ['ghcr.io/other/*'], attestors: [{ entries: keyed(bob) }] },
            ],
          },
        ],
      },
    ),
    everywhere,
  ],
  ['policy-controller: a key', sigstore({}), everywhere],
  [
    'policy-controller: two authorities',
    sigstore({ authorities: [{ key: { data: alice.pem } }, { key: { data: bob.pem } }] }),
    everywhere,
  ],
  [
    'policy-controller: keyless',
    sigstore({
      authorities: [
        {
          keyless: {
            identities: [
              { issuer, subject: 'a@x.org' },
              { issuer, subject: 'b@y.org' },
            ],
          },
        },
      ],
    }),
    everywhere,
  ],
  [
    'policy-controller: a statement',
    sigstore({ authorities: [{ key: { data: alice.pem }, attestations: [{ name: 's', predicateType: slsa }] }] }),
    everywhere,
  ],
  [
    'policy-controller: a warning',
    sigstore({ mode: 'warn', images: [{ glob: '**' }] }),
    [...everywhere, 'connaisseur'],
  ],
  ['Connaisseur: a pattern', connaisseur({ with: { verifyInTransparencyLog: false } }), [...everywhere, 'connaisseur']],
  [
    'Connaisseur: a threshold',
    connaisseur({ with: { trustRoot: '*', threshold: 1 } }, [
      { name: 'a', key: alice.pem },
      { name: 'b', key: bob.pem },
    ]),
    [...everywhere, 'connaisseur'],
  ],
  [
    'Connaisseur: the short form',
    { validators: [{ name: 'v', type: 'cosign', trustRoots: [{ name: 'default', key: alice.pem }] }] },
    [...everywhere, 'connaisseur'],
  ],
])('%s judges the same in another language', async (_, policy, targets) => {
  const before = await verdicts(JSON.stringify(policy));
  expect(new Set(before.map((line) => line.split(' ').at(-1))).size).toBeGreaterThan(0);
  for (const target of targets) {
    const there = await convert(policy, target);
    expect({ target, verdicts: await verdicts(there) }).toEqual({ target, verdicts: before });
    // And back again.
    const back = await convertPolicies({ path: 'there.yaml', text: there }, 'plimsoll', dialects.all).catch(refused);
    if (back !== undefined) expect({ target, back: await verdicts(back) }).toEqual({ target, back: before });
  }
});

const a = { signatures: { by: ['a'] } };

test.each<[string, string, object, string]>([
  ['spec.namespaces has no counterpart', 'kyverno', own({ namespaces: ['x'], signers, require: a }), 'p'],
  ['require.verdict is no demand', 'kyverno', own({ signers, require: { verdict: { maxDays: 7 } } }), 'p'],
  ['spec.images[0] has wildcards within', 'kyverno', own({ images: ['a*b'], signers, require: a }), 'p'],
  ['require.sbom', 'policy-controller', own({ signers, require: { sbom: 'attested' } }), 'p'],
  ['whose * stops at a slash', 'kyverno', own({ images: ['ghcr.io/org/*'], signers, require: a }), 'p'],
  [
    'images name single images',
    'kyverno',
    own({ images: ['ghcr.io/org/app:1'], unmatched: 'deny', signers, require: a }),
    'p',
  ],
  ['the count is 2 of 3', 'policy-controller', own({ signers, require: { signatures: { atLeast: 2 } } }), 'p'],
  ['the action is audit', 'policy-controller', own({ mode: 'audit', signers, require: a }), 'p'],
  ['the action is audit', 'connaisseur', own({ images: ['**'], mode: 'audit', signers, require: a }), 'p'],
  ['pinning is off', 'policy-controller', own({ pin: false, signers, require: a }), 'p'],
  [
    'has keys of logs',
    'policy-controller',
    own({ signers: { a: { key: alice.pem, log: { key: 'K' } } }, require: a }),
    'p',
  ],
  [
    'demands annotations',
    'policy-controller',
    own({ signers: { a: { key: alice.pem, annotations: { x: 'y' } } }, require: a }),
    'p',
  ],
  [
    'demands annotations',
    'connaisseur',
    own({ images: ['**'], signers: { a: { key: alice.pem, annotations: { x: 'y' } } }, require: a }),
    'p',
  ],
  [
    'demands both a log and a timestamp',
    'policy-controller',
    own({ signers: { a: { key: alice.pem, log: true, timestamp: {} } }, require: a }),
    'p',
  ],
  ['demands other than a log', 'policy-controller', keyless({ issuer, subject: 'a' }, { log: false }), 'p'],
  [
    'demands what certificates state',
    'policy-controller',
    keyless({ issuer, subject: 'a', claims: { oidcIssuer: 'x' } }),
    'p',
  ],
  [
    'demands what certificates state',
    'connaisseur',
    own({
      images: ['**'],
      signers: { k: { keyless: { issuer, subject: 'a', claims: { oidcIssuer: 'x' } } } },
      require: { signatures: {} },
    }),
    'p',
  ],
  ['has several of issuer', 'policy-controller', keyless({ issuer, issuerRegExp: 'x', subject: 'a' }), 'p'],
  [
    'demands a timestamp of the trusted root',
    'kyverno',
    own({ signers: { a: { key: alice.pem, timestamp: {} } }, require: a }),
    'p',
  ],
  ['images are not all', 'connaisseur', own({ signers, require: a }), 'p'],
  ['at a fixed place', 'connaisseur', own({ unmatched: 'deny', signers, require: a }), 'p'],
  [
    'attestations are not known here',
    'connaisseur',
    own({ images: ['**'], signers, require: { attestations: [{ type: slsa, by: ['a'] }] } }),
    'p',
  ],
  [
    'the counts are several',
    'connaisseur',
    own({ images: ['**'], signers, require: { signatures: [{ by: ['a', 'b'], atLeast: 1 }, { by: ['c'] }] } }),
    'p',
  ],
  [
    'the logs that are demanded differ',
    'connaisseur',
    own({
      images: ['**'],
      signers: { a: { key: alice.pem }, b: { key: bob.pem, log: false } },
      require: { signatures: {} },
    }),
    'p',
  ],
  [
    'has its key in a secret',
    'connaisseur',
    own({ images: ['**'], signers: { a: { secret: { namespace: 'n', name: 's' } } }, require: a }),
    'p',
  ],
  [
    'in another repository',
    'connaisseur',
    own({ images: ['**'], signers: { a: { key: alice.pem, repository: 'r.io/s' } }, require: a }),
    'p',
  ],
  [
    'of its own',
    'connaisseur',
    own({ images: ['**'], signers: { a: { key: alice.pem, timestamp: {} } }, require: a }),
    'p',
  ],
  [
    'rules[0].preconditions',
    'plimsoll',
    cluster({ attestors: [{ entries: keyed(alice) }] }, {}, { preconditions: { all: [] } }),
    'p',
  ],
  [
    'rules[0].match is for others',
    'plimsoll',
    cluster({}, {}, { match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['x'] } }] } }),
    'p',
  ],
  ['verifyImages[0].skipImageReferences', 'plimsoll', cluster({ skipImageReferences: ['x'] }), 'p'],
  ['verifyImages[0].attestors is empty', 'plimsoll', cluster({}), 'p'],
  ['verifyImages[0].verifyDigest', 'plimsoll', cluster({ mutateDigest: false }), 'p'],
  ['verifyImages[0].type', 'plimsoll', cluster({ type: 'SigstoreBundle' }), 'p'],
  ['verifyImages[0].repository', 'plimsoll', cluster({ repository: 'r.io/s' }), 'p'],
  [
    'imageReferences[0] has wildcards within',
    'plimsoll',
    cluster({ imageReferences: ['a*b'], attestors: [{ entries: keyed(alice) }] }),
    'p',
  ],
  [
    'imageReferences[0] has wildcards within, or no organisation',
    'plimsoll',
    cluster({ imageReferences: ['docker.io/nginx*'], attestors: [{ entries: keyed(alice) }] }),
    'p',
  ],
  [
    'has conditions',
    'plimsoll',
    cluster({
      attestations: [
        {
          type: slsa,
          attestors: [{ entries: keyed(alice) }],
          conditions: [{ all: [{ key: '{{ a }}', operator: 'Equals', value: 1 }] }],
        },
      ],
    }),
    'p',
  ],
  [
    'nests counts',
    'plimsoll',
    cluster({
      attestors: [{ count: 2, entries: [...keyed(alice, bob), { attestor: { count: 1, entries: keyed(carol) } }] }],
    }),
    'p',
  ],
  ['takes any subject or issuer', 'plimsoll', cluster({ attestors: [{ entries: [{ keyless: { issuer } }] }] }), 'p'],
  [
    'validationFailureActionOverrides',
    'plimsoll',
    cluster({}, { validationFailureActionOverrides: [{ action: 'Audit' }] }),
    'p',
  ],
  [
    'metadata.annotations narrows',
    'plimsoll',
    { ...cluster({}), metadata: { name: 'p', annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } } },
    'p',
  ],
  ['kind is Policy', 'plimsoll', { ...cluster({}), kind: 'Policy' }, 'p'],
  ['spec.policy has no counterpart', 'plimsoll', sigstore({ policy: {} }), 'p'],
  ['spec.images[0].glob has wildcards within', 'plimsoll', sigstore({ images: [{ glob: 'a*b' }] }), 'p'],
  ['is no demand for a signature', 'plimsoll', sigstore({ authorities: [{ static: { action: 'pass' } }] }), 'p'],
  ['kind has no counterpart', 'plimsoll', { ...sigstore({}), kind: 'TrustRoot' }, 'p'],
  [
    'namespacedValidation has no counterpart',
    'plimsoll',
    connaisseur({}, undefined, { features: { namespacedValidation: { mode: 'ignore' } } }),
    'connaisseur',
  ],
  ['policy[0].pattern has wildcards within', 'plimsoll', connaisseur({ pattern: 'a*b' }), 'connaisseur'],
  [
    'policy[1] is a second rule',
    'plimsoll',
    {
      ...connaisseur(),
      policy: [
        { pattern: '*', validator: 'v' },
        { pattern: 'x', validator: 'v' },
      ],
    },
    'connaisseur',
  ],
  ['policy is empty', 'plimsoll', { ...connaisseur(), policy: [] }, 'connaisseur'],
  ['"elsewhere" is no dialect', 'elsewhere', own({ signers, require: a }), 'policy.yaml'],
  [
    'its dialect is that of Kyverno ImageValidatingPolicy',
    'plimsoll',
    { apiVersion: 'policies.kyverno.io/v1', kind: 'ImageValidatingPolicy' },
    'policy.yaml',
  ],
])('not converted: %s (to %s)', async (reason, to, policy, name) => {
  await expect(convert(policy, to)).rejects.toMatchObject({
    code: 'POLICY_NOT_CONVERTIBLE',
    message: expect.stringContaining(reason),
  });
  await expect(convert(policy, to)).rejects.toMatchObject({ message: expect.stringContaining(name) });
});

test('a second policy is one too many for Connaisseur, and a file without policies is none', async () => {
  const one = own({ images: ['**'], signers, require: a });
  const text = `${JSON.stringify(one)}\n---\n${JSON.stringify(one)}`;
  await expect(convertPolicies({ path: 'p', text }, 'connaisseur', dialects.all)).rejects.toThrowCode(
    'POLICY_NOT_CONVERTIBLE',
  );
  await expect(convert({ kind: 'Pod' }, 'plimsoll')).rejects.toThrowCode('POLICY_DIALECT_UNKNOWN');
});
