import { describe, expect, test } from 'vitest';
import { alice, bob, carol, judgeTwice, kyverno, otherType as other, slsaType as slsa } from '../../testkit/kyverno.ts';
import { hasPeer } from '../../testkit/peer.ts';
import { podOf, workloadOf } from '../../testkit/policy.ts';
import type { TestKey } from '../../testkit/sigstore/keys.ts';

const found = await hasPeer(kyverno);

const ctlog = { url: 'https://rekor.sigstore.dev', insecureIgnoreTlog: true, insecureIgnoreSCT: true };
const keyed = (name: string, { pem: data }: TestKey, more: object = {}): object => ({
  name,
  cosign: { key: { data }, ctlog, ...more },
});
const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] };

interface Pair {
  readonly spec?: object;
  readonly image?: string;
  readonly object?: (image: string) => object;
  /** What the object must fulfil. */
  readonly say?: readonly string[];
}

const signed = (...names: readonly string[]): string =>
  `images.containers.map(i, verifyImageSignatures(i, [${names.map((name) => `attestors.${name}`).join(', ')}])).all(n, n >= ${names.length})`;
const stated = (attestation: string, name = 'alice'): string =>
  `images.containers.map(i, verifyAttestationSignatures(i, attestations.${attestation}, [attestors.${name}])).all(n, n > 0)`;
const payload = (rest: string): string => `images.containers.all(i, extractPayload(i, attestations.built).${rest})`;

const policyOf = ({ spec = {}, say = [signed('alice')] }: Pair): object => ({
  apiVersion: 'policies.kyverno.io/v1',
  kind: 'ImageValidatingPolicy',
  metadata: { name: 'p' },
  spec: {
    matchConstraints: { resourceRules: [pods] },
    matchImageReferences: [{ glob: '*' }],
    attestors: [
      keyed('alice', alice),
      keyed('bob', bob),
      keyed('carol', carol),
      keyed('prod', alice, { annotations: { env: 'prod' } }),
      keyed('dev', alice, { annotations: { env: 'dev' } }),
    ],
    attestations: [
      { name: 'built', intoto: { type: slsa } },
      { name: 'other', intoto: { type: other } },
    ],
    validations: say.map((expression) => ({ expression })),
    ...spec,
  },
});

/** Everything is true of the image that alice signed, so that a value is looked at by itself. */
const true_ = (expression: string): Pair => ({ say: [signed('alice'), expression] });
const by = (matchConstraints: object, rule: object = {}): Pair => ({
  image: 'unsigned@DIGEST',
  spec: { matchConstraints: { resourceRules: [{ ...pods, ...rule }], ...matchConstraints } },
});
const workload =
  (kind: string, apiVersion: string) =>
  (image: string): object =>
    workloadOf(kind, apiVersion, [image]);

const pairs: Readonly<Record<string, Pair>> = {
  'a signature by the key': {},
  'no signature': { image: 'unsigned@DIGEST' },
  'another key': { say: [signed('bob')] },
  'a tag where a digest is demanded': { image: 'alice:1', spec: { validationConfigurations: { mutateDigest: false } } },
  'a tag where none is': {
    image: 'alice:1',
    spec: { validationConfigurations: { mutateDigest: false, verifyDigest: false } },
  },
  'a tag and a digest': { image: 'alice:1@DIGEST' },
  'an image that is not there': {
    image: 'missing:1',
    spec: { validationConfigurations: { mutateDigest: false, verifyDigest: false } },
  },
  'both of two signed': { image: 'both@DIGEST', say: [signed('alice', 'bob')] },
  'both of two, one signed': { say: [signed('alice', 'bob')] },
  'one of two': { say: ['images.containers.all(i, verifyImageSignatures(i, [attestors.bob, attestors.alice]) > 0)'] },
  'none of two': { say: ['images.containers.all(i, verifyImageSignatures(i, [attestors.bob, attestors.carol]) > 0)'] },
  'any image': { say: ['images.containers.exists(i, verifyImageSignatures(i, [attestors.alice]) > 0)'] },
  'annotations with another value': { image: 'annotated@DIGEST', say: [signed('dev')] },
  'annotations that are not there': { say: [signed('prod')] },
  'an attestor that is none': { say: [signed('nobody')] },
  'no attestation': { say: [stated('built')] },
  'an attestation by another key': { image: 'attested@DIGEST', say: [stated('built', 'bob')] },
  'an attestation of another type': { image: 'attested@DIGEST', say: [stated('other')] },
  'an attestation that is none': { image: 'attested@DIGEST', say: [stated('nothing')] },
  'what a statement does not say': {
    image: 'attested@DIGEST',
    say: [stated('built'), payload('predicate.builder.id == "x"')],
  },
  'a statement that was not verified': { image: 'attested@DIGEST', say: [payload('predicate.level > 2')] },
  'nothing that is verified': { say: ['true'] },
  'nothing that is verified, and nothing has to be': {
    say: ['true'],
    spec: { validationConfigurations: { required: false } },
  },
  'images of other names': { image: 'unsigned@DIGEST', spec: { matchImageReferences: [{ glob: 'ghcr.io/*' }] } },
  'images by a glob': { image: 'unsigned@DIGEST', spec: { matchImageReferences: [{ glob: 'HOST/*' }] } },
  'images by a class': { image: 'unsigned@DIGEST', spec: { matchImageReferences: [{ glob: 'HOST/[tu]nsigned*' }] } },
  'images by alternatives': {
    image: 'unsigned@DIGEST',
    spec: { matchImageReferences: [{ glob: 'HOST/{alice,unsigned}@*' }] },
  },
  'images by an expression': {
    image: 'unsigned@DIGEST',
    spec: { matchImageReferences: [{ expression: 'ref.contains("unsigned")' }] },
  },
  'images by an expression that is false': {
    image: 'unsigned@DIGEST',
    spec: { matchImageReferences: [{ expression: 'ref.startsWith("ghcr.io")' }] },
  },
  'other resources': by({}, { resources: ['services'] }),
  'other labels': by({ objectSelector: { matchLabels: { app: 'db' } } }),
  'the same labels': by({ objectSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } }),
  'other operations': by({}, { operations: ['DELETE'] }),
  'what is excluded': by({ excludeResourceRules: [pods] }),
  'another name': by({}, { resourceNames: ['x'] }),
  'a condition that holds': {
    image: 'unsigned@DIGEST',
    spec: { matchConditions: [{ name: 'c', expression: 'object.metadata.name == "pod"' }] },
  },
  'a condition that does not': {
    image: 'unsigned@DIGEST',
    spec: { matchConditions: [{ name: 'c', expression: 'request.namespace != "shop"' }] },
  },
  'a condition without a value': {
    spec: { matchConditions: [{ name: 'c', expression: 'object.nothing.here == 1' }] },
  },
  'a condition without a value that is to be ignored': {
    image: 'unsigned@DIGEST',
    spec: { failurePolicy: 'Ignore', matchConditions: [{ name: 'c', expression: 'object.nothing.here == 1' }] },
  },
  'a failure under audit': { image: 'unsigned@DIGEST', spec: { validationActions: ['Audit'] } },
  'a deployment': { object: workload('Deployment', 'apps/v1') },
  'a deployment of an unsigned image': { image: 'unsigned@DIGEST', object: workload('Deployment', 'apps/v1') },
  'a cron job of an unsigned image': { image: 'unsigned@DIGEST', object: workload('CronJob', 'batch/v1') },
  'a controller that is not asked for': {
    image: 'unsigned@DIGEST',
    object: workload('Deployment', 'apps/v1'),
    spec: { autogen: { podControllers: { controllers: ['jobs'] } } },
  },
  'paths that are led to pods': {
    object: workload('Deployment', 'apps/v1'),
    say: [signed('alice'), 'object.spec.containers.all(c, c.name == "c0") && object.metadata.namespace == "shop"'],
  },
  variables: {
    spec: {
      variables: [
        { name: 'a', expression: 'object.metadata.name' },
        { name: 'b', expression: 'variables.a + "!"' },
      ],
    },
    say: [signed('alice'), 'variables.b == "pod!"'],
  },
  'a variable without a value': {
    spec: { variables: [{ name: 'a', expression: 'object.nothing' }] },
    say: [signed('alice'), 'variables.a == 1'],
  },
  'a key that an expression tells': {
    spec: {
      attestors: [{ name: 'alice', cosign: { key: { expression: 'object.metadata.annotations.key' }, ctlog } }],
    },
    object: (image) => podOf([image], { annotations: { key: alice.pem } }),
  },
  'images that the policy finds itself': {
    image: 'unsigned@DIGEST',
    spec: { images: [{ name: 'mine', expression: '[object.metadata.annotations.image]' }] },
    say: ['images.mine.all(i, verifyImageSignatures(i, [attestors.alice]) > 0)'],
    object: (image) => podOf([], { annotations: { image } }),
  },
  'optional fields': true_('object.spec.?nothing.here.orValue(true) && !object.metadata.?x.hasValue()'),
  'optional indexes': true_(
    'object.metadata[?"labels"].app.orValue("") == "web" && object.spec.?containers[0].name.orValue("") == "c0"',
  ),
  'optional values': true_(
    'optional.of(1).orValue(2) == 1 && object.metadata.?name.optMap(n, n + "!").orValue("") == "pod!"',
  ),
  'bound values': true_('cel.bind(x, object.metadata.name, x + x) == "podpod"'),
  'parts of names': true_(
    'image(images.containers[0]).repository() == "alice" && image("nginx").registry() == "index.docker.io"',
  ),
  'more parts of names': true_(
    'image("a.b/cd:1").identifier() == "1" && image("a.b/cd:1").tag() == "1" && !image("a.b/cd:1").containsDigest() && image(images.containers[0]).containsDigest()',
  ),
  'data in texts': true_('json.unmarshal("{\\"a\\": [1]}").a[0] == 1 && yaml.parse("a: b").a == "b"'),
  hashes: true_('sha256("a").startsWith("ca9781") && hash.md5("a") != sha1("a")'),
  'lists and texts': true_(
    '"a,b".split(",")[1].upperAscii() == "B" && ["a", "b"].join("-") == "a-b" && "abc".substring(1) == "bc"',
  ),
  patterns: true_('object.metadata.name.matches("^p[a-z]+$") && "x1".find("[0-9]") == "1"'),
  'other lists': true_('[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [1, 2].isSorted()'),
  'two containers, one unsigned': {
    object: (image) => podOf([image, image.replace(/alice@.*/, 'unsigned:1')]),
    spec: { validationConfigurations: { verifyDigest: false, mutateDigest: false } },
  },
  'init containers that no expression looks at': {
    object: (image) => ({
      ...podOf([image]),
      spec: {
        containers: [{ name: 'c', image }],
        initContainers: [{ name: 'i', image: image.replace(/alice@.*/, 'unsigned:1') }],
      },
    }),
    spec: { validationConfigurations: { verifyDigest: false, mutateDigest: false } },
  },
};

/**
 * What Kyverno 1.19.1 cannot say yes to: statements whose signature is in no log (it takes them for not verified), annotations
 * that were signed (it compares those of the layer, which nobody signed), and getImageData (whose value its CEL has no type for).
 */
const beyond: Readonly<Record<string, Pair>> = {
  'annotations that were signed': { image: 'annotated@DIGEST', say: [signed('prod')] },
  'an attestation': { image: 'attested@DIGEST', say: [stated('built')] },
  'the other type': { image: 'attested-other@DIGEST', say: [stated('other')] },
  'a signature and an attestation': { image: 'attested@DIGEST', say: [signed('alice'), stated('built')] },
  'what a statement says': {
    image: 'attested@DIGEST',
    say: [stated('built'), payload('predicate.builder.id == "ci"'), payload('predicate.level > 2')],
  },
  'what is not in a statement': { image: 'attested@DIGEST', say: [stated('built'), payload('predicate.x == 1')] },
  'the type of a statement': {
    image: 'attested@DIGEST',
    say: [stated('built'), payload(`predicateType == "${slsa}"`), payload('subject.size() == 1')],
  },
  'a list in a statement': {
    image: 'attested@DIGEST',
    say: [stated('built'), payload('predicate.tags.all(t, t in ["a", "b"])')],
  },
  'what images consist of': true_(
    'getImageData(images.containers[0]).manifest.layers.size() == 1 && getImageData(images.containers[0]).config.rootfs.diff_ids.size() == 1',
  ),
  'where images come from': true_(
    'getImageData(images.containers[0]).registry + "/alice@" + getImageData(images.containers[0]).digest == images.containers[0]',
  ),
};

const judge = ({ image = 'alice@DIGEST', object = labelled, ...pair }: Pair): ReturnType<typeof judgeTwice> =>
  judgeTwice(policyOf(pair), image, object);
const labelled = (name: string): object => podOf([name], { labels: { app: 'web' } });

describe.skipIf(!found)('Kyverno and Plimsoll judge alike by expressions', () => {
  test.each(Object.entries(pairs))('%s', async (_, pair) => {
    const { ours, theirs } = await judge(pair);
    expect(ours).toEqual(theirs);
  });

  test.each(Object.entries(beyond))('Kyverno alone denies: %s', async (name, pair) => {
    const { ours, theirs } = await judge(pair);
    expect(theirs.code).toBe(1);
    expect(ours.rules).toEqual({ p: name === 'what is not in a statement' ? 'error' : 'pass' });
  });
});
