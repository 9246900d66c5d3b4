import { describe, expect, test } from 'vitest';
import { alice, bob, carol, judgeTwice, kyverno, otherType as other, slsaType as type } from '../../testkit/kyverno.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { clusterPolicy } from '../../testkit/policy.ts';
import type { TestKey } from '../../testkit/sigstore/keys.ts';

const found = await hasPeer(kyverno);
const logs = { rekor: { url: 'https://rekor.sigstore.dev', ignoreTlog: true }, ctlog: { ignoreSCT: true } };
const key = (...keys: readonly TestKey[]): object => ({
  keys: { publicKeys: keys.map(({ pem }) => pem).join(''), ...logs },
});
const signers = (...entries: readonly object[]): object => ({ attestors: [{ entries }] });
const attested = (conditions?: object[], by: object = key(alice), predicateType = type): object => ({
  attestations: [{ type: predicateType, attestors: [{ entries: [by] }], ...(conditions && { conditions }) }],
});
const all = (name: string, operator: string, value: unknown): object[] => [
  { all: [{ key: `{{ ${name} }}`, operator, value }] },
];

const denying = (name: string, value: string): object => ({
  attestations: [{ name: 'built', type, attestors: [{ entries: [key(alice)] }] }],
  validate: { message: 'no', deny: { conditions: { any: [{ key: `{{ ${name} }}`, operator: 'Equals', value }] } } },
});

interface Pair {
  readonly entry?: object;
  readonly rule?: object;
  readonly spec?: object;
  readonly image?: string;
  readonly object?: (image: string) => object;
}

const policyOf = ({ entry = {}, rule, spec }: Pair): object =>
  clusterPolicy(entry, { background: false, ...spec }, rule);

const pod = (image: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod', namespace: 'shop', labels: { app: 'web' } },
  spec: { containers: [{ name: 'c', image }] },
});
const workload =
  (kind: string, apiVersion: string) =>
  (image: string): object => {
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } };
    const selector = { matchLabels: { app: 'web' } };
    const spec =
      kind === 'CronJob'
        ? { schedule: '* * * * *', jobTemplate: { spec: { template } } }
        : { template, ...(kind !== 'Job' && { selector }) };
    return { apiVersion, kind, metadata: { name: 'w', namespace: 'shop' }, spec };
  };

const precondition = (text: string, value: unknown): Pair => ({
  entry: signers(key(alice)),
  rule: { preconditions: { all: [{ key: text, operator: 'Equals', value }] } },
  image: 'unsigned:1',
});

const pairs: Readonly<Record<string, Pair>> = {
  'a signature by the key': { entry: signers(key(alice)), image: 'alice:1' },
  'no signature': { entry: signers(key(alice)), image: 'unsigned:1' },
  'another key': { entry: signers(key(bob)), image: 'alice:1' },
  'an image that is not there': { entry: signers(key(alice)), image: 'missing:1' },
  'a tag that is not there': { entry: signers(key(alice)), image: 'alice:2' },
  'by digest': { entry: signers(key(alice)), image: 'alice@DIGEST' },
  'by tag and digest': { entry: signers(key(alice)), image: 'alice:1@DIGEST' },
  'all of two entries, both signed': { entry: signers(key(alice), key(bob)), image: 'both:1' },
  'all of two entries, one signed': { entry: signers(key(alice), key(bob)), image: 'alice:1' },
  'one of two entries': { entry: { attestors: [{ count: 1, entries: [key(bob), key(alice)] }] }, image: 'alice:1' },
  'two of three entries': {
    entry: { attestors: [{ count: 2, entries: [key(alice), key(bob), key(carol)] }] },
    image: 'both:1',
  },
  'two of three entries, one signed': {
    entry: { attestors: [{ count: 2, entries: [key(alice), key(bob), key(carol)] }] },
    image: 'alice:1',
  },
  'two keys in one text, both signed': { entry: signers(key(alice, bob)), image: 'both:1' },
  'two keys in one text, one signed': { entry: signers(key(alice, bob)), image: 'alice:1' },
  'one of two keys in one text': { entry: { attestors: [{ count: 1, entries: [key(alice, bob)] }] }, image: 'alice:1' },
  'two sets, both satisfied': {
    entry: { attestors: [{ entries: [key(alice)] }, { entries: [key(bob)] }] },
    image: 'both:1',
  },
  'two sets, one satisfied': {
    entry: { attestors: [{ entries: [key(alice)] }, { entries: [key(bob)] }] },
    image: 'alice:1',
  },
  'a nested set': {
    entry: signers(key(alice), { attestor: { count: 1, entries: [key(bob), key(carol)] } }),
    image: 'both:1',
  },
  'a nested set that is not satisfied': {
    entry: signers(key(alice), { attestor: { count: 1, entries: [key(bob), key(carol)] } }),
    image: 'alice:1',
  },
  'annotations that were signed': {
    entry: signers({ ...key(alice), annotations: { env: 'prod', team: 'a' } }),
    image: 'annotated:1',
  },
  'annotations with another value': {
    entry: signers({ ...key(alice), annotations: { env: 'dev' } }),
    image: 'annotated:1',
  },
  'annotations that are not there': { entry: signers({ ...key(alice), annotations: { x: 'y' } }), image: 'alice:1' },
  'another image': { entry: { imageReferences: ['ghcr.io/*'], ...signers(key(alice)) }, image: 'unsigned:1' },
  'a pattern with a tag': {
    entry: { imageReferences: ['127.0.0.1*/unsigned:1'], ...signers(key(alice)) },
    image: 'unsigned:1',
  },
  'an image to skip': {
    entry: { ...signers(key(alice)), skipImageReferences: ['127.0.0.1*/unsigned:*'] },
    image: 'unsigned:1',
  },
  'an attestation': { entry: attested(), image: 'attested:1' },
  'no attestation': { entry: attested(), image: 'alice:1' },
  'an attestation by another key': { entry: attested(undefined, key(bob)), image: 'attested:1' },
  'an attestation of another type': { entry: attested(undefined, key(alice), 'https://x'), image: 'attested:1' },
  'attestations of two types and signers': { entry: attested(), image: 'attested-other:1' },
  'the other type': { entry: attested(undefined, key(alice), other), image: 'attested-other:1' },
  'a condition that holds': { entry: attested(all('builder.id', 'Equals', 'ci')), image: 'attested:1' },
  'a condition that does not': { entry: attested(all('builder.id', 'Equals', 'x')), image: 'attested:1' },
  'a condition by wildcard': { entry: attested(all('builder.id', 'Equals', 'c*')), image: 'attested:1' },
  'a condition on a number': { entry: attested(all('level', 'GreaterThan', 2)), image: 'attested:1' },
  'a condition on a list': { entry: attested(all('tags', 'AllIn', ['a', 'b', 'c'])), image: 'attested:1' },
  'a condition on a list that does not hold': { entry: attested(all('tags', 'AllIn', ['a'])), image: 'attested:1' },
  'a condition on age': {
    entry: attested(all("time_since('', at, '2026-01-02T00:00:00Z')", 'LessThan', '25h')),
    image: 'attested:1',
  },
  'a condition on age that does not hold': {
    entry: attested(all("time_since('', at, '2026-01-02T00:00:00Z')", 'LessThan', '23h')),
    image: 'attested:1',
  },
  'a condition on what is not there': { entry: attested(all('nothing.here', 'Equals', 'x')), image: 'attested:1' },
  'a condition with a function': { entry: attested(all('to_upper(builder.id)', 'Equals', 'CI')), image: 'attested:1' },
  'any of two conditions': {
    entry: attested([
      {
        any: [
          { key: '{{ builder.id }}', operator: 'Equals', value: 'x' },
          { key: '{{ level }}', operator: 'Equals', value: 3 },
        ],
      },
    ]),
    image: 'attested:1',
  },
  'a condition that one of two statements breaks': {
    entry: attested(all('builder.id', 'Equals', 'ci')),
    image: 'attested-twice:1',
  },
  'a signature and an attestation': { entry: { ...signers(key(alice)), ...attested() }, image: 'attested:1' },
  'a signature without the attestation': { entry: { ...signers(key(alice)), ...attested() }, image: 'alice:1' },
  'conditions over named attestations that deny': { entry: denying('built.builder.id', 'ci'), image: 'attested:1' },
  'conditions over named attestations that do not': { entry: denying('built.builder.id', 'x'), image: 'attested:1' },
  'conditions over what is not in an attestation': { entry: denying('built.nothing.here', 'x'), image: 'attested:1' },
  'a digest is written': { entry: signers(key(alice)), image: 'alice:1' },
  'a digest is there, and nothing verifies the image': { entry: {}, image: 'unsigned@DIGEST' },
  'a digest is there, and none has to': { entry: { required: false }, image: 'unsigned@DIGEST' },
  'a digest is missing': { entry: { mutateDigest: false }, image: 'unsigned:1' },
  'a digest is not asked for': {
    entry: { ...signers(key(alice)), mutateDigest: false, verifyDigest: false },
    image: 'alice:1',
  },
  'a deployment': { entry: signers(key(alice)), image: 'alice:1', object: workload('Deployment', 'apps/v1') },
  'a deployment of an unsigned image': {
    entry: signers(key(alice)),
    image: 'unsigned:1',
    object: workload('Deployment', 'apps/v1'),
  },
  'a cron job of an unsigned image': {
    entry: signers(key(alice)),
    image: 'unsigned:1',
    object: workload('CronJob', 'batch/v1'),
  },
  'a job': { entry: signers(key(alice)), image: 'alice:1', object: workload('Job', 'batch/v1') },
  'a deployment under a rule of names': {
    entry: signers(key(alice)),
    rule: { match: { any: [{ resources: { kinds: ['Pod'], names: ['*'] } }] } },
    image: 'unsigned:1',
    object: workload('Deployment', 'apps/v1'),
  },
  'another namespace': {
    entry: signers(key(alice)),
    rule: { match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['x'] } }] } },
    image: 'unsigned:1',
  },
  'a namespace by wildcard': {
    entry: signers(key(alice)),
    rule: { match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['s*'] } }] } },
    image: 'unsigned:1',
  },
  'an excluded namespace': {
    entry: signers(key(alice)),
    rule: { exclude: { any: [{ resources: { namespaces: ['shop'] } }] } },
    image: 'unsigned:1',
  },
  'a selector': {
    entry: signers(key(alice)),
    rule: { match: { any: [{ resources: { kinds: ['Pod'], selector: { matchLabels: { app: 'w*' } } } }] } },
    image: 'unsigned:1',
  },
  'a precondition that is not met': {
    entry: signers(key(alice)),
    rule: {
      preconditions: { all: [{ key: '{{ request.object.metadata.labels.app }}', operator: 'Equals', value: 'db' }] },
    },
    image: 'unsigned:1',
  },
  'a precondition that is met': {
    entry: signers(key(alice)),
    rule: {
      preconditions: { all: [{ key: '{{ request.object.metadata.labels.app }}', operator: 'AnyIn', value: ['web'] }] },
    },
    image: 'unsigned:1',
  },
  'a failure under audit': {
    entry: { ...signers(key(alice)), mutateDigest: false },
    spec: { validationFailureAction: 'Audit' },
    image: 'unsigned:1',
  },
  'two containers, one unsigned': {
    entry: signers(key(alice)),
    image: 'alice:1',
    object: (image) => ({
      ...pod(image),
      spec: {
        containers: [{ name: 'c', image }],
        initContainers: [{ name: 'i', image: image.replace('alice', 'unsigned') }],
      },
    }),
  },
  'two entries of different images': {
    rule: {
      verifyImages: [
        { imageReferences: ['127.0.0.1*/alice*'], ...signers(key(alice)) },
        { imageReferences: ['127.0.0.1*/both*'], ...signers(key(bob)) },
      ],
    },
    image: 'alice:1',
  },
  // A precondition that holds makes the rule say something of an unsigned image.
  'a function: image_normalize of a short name': precondition(
    "{{ image_normalize('nginx') }}",
    'docker.io/nginx:latest',
  ),
  'a function: image_normalize of a whole one': precondition("{{ image_normalize('ghcr.io/a/b:1') }}", 'ghcr.io/a/b:1'),
  'a function: an address outside': precondition("{{ is_external_url('https://8.8.8.8/') }}", true),
  'a function: an address within': precondition("{{ is_external_url('https://10.0.0.1/') }}", true),
  'a function: hashes': precondition(
    "{{ sha256('a') }}",
    'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
  ),
  'a function: texts': precondition("{{ truncate(to_upper(trim('  abcdef  ', ' ')), `3`) }}", 'ABC'),
  'a function: splitting': precondition("{{ split('a/b/c', '/')[1] }}", 'b'),
  'a function: expressions in texts': precondition("{{ regex_replace_all_literal('[0-9]', 'a1b2', 'x') }}", 'axbx'),
  'a function: versions': precondition("{{ semver_compare('1.2.3', '>=1.2.0') }}", true),
  'a function: JSON in texts': precondition('{{ parse_json(\'{"a": 1}\').a }}', 1),
  'a function: numbers': precondition('{{ add(`2`, `3`) }}', 5),
  'a function: durations': precondition("{{ time_diff('2026-01-01T00:00:00Z', '2026-01-01T01:30:00Z') }}", '1h30m0s'),
  'a function: base64': precondition("{{ base64_decode('YWJj') }}", 'abc'),
  'a function: labels that match': precondition(
    '{{ label_match(`{"app": "web"}`, request.object.metadata.labels) }}',
    true,
  ),
};

describe.skipIf(!found)('Kyverno and Plimsoll judge alike', () => {
  test.each(Object.entries(pairs))('%s', async (_, pair) => {
    const { image = 'alice:1', object = pod } = pair;
    const { ours, theirs } = await judgeTwice(policyOf(pair), image, object);
    expect(ours).toEqual(theirs);
  });
});
