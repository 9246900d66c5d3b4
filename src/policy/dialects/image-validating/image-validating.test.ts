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
  unknownFact,
  workloadOf,
} from '../../../../testkit/policy.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import type { EvidenceNeed, EvidencePiece } from '../../model/need.ts';

const [alice, bob] = [makeKey(), makeKey()] as const;
const slsa = 'https://slsa.dev/provenance/v1';

const keyed = (name: string, { pem }: { readonly pem: string }): object => ({ name, cosign: { key: { data: pem } } });
const signed = 'images.containers.map(i, verifyImageSignatures(i, [attestors.alice])).all(n, n > 0)';

/** A policy for pods; what is given stands in for parts of its spec. */
const policy = (spec: object = {}, whole: object = {}): string =>
  JSON.stringify({
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ImageValidatingPolicy',
    metadata: { name: 'p' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
        ],
      },
      matchImageReferences: [{ glob: 'ghcr.io/*' }],
      attestors: [keyed('alice', alice), keyed('bob', bob)],
      validations: [{ expression: signed }],
      ...spec,
    },
    ...whole,
  });

/** Whatever its name, the image is signed with these keys. */
const pod = podOf(['ghcr.io/org/app:1']);
const allows = (expression: string, more: object = {}): string =>
  policy({ validations: [{ expression }], validationConfigurations: { required: false }, ...more });

test('a signed image is let in and pinned, an unsigned one denied', async () => {
  const decision = await judgeBy(policy(), { object: pod }, { evidence: signedWith(alice) });
  expect(decision).toMatchObject({ allowed: true, results: [{ rule: 'p', outcome: 'pass' }] });
  expect(decision.patches).toEqual([{ pointer: '/spec/containers/0/image', image: `ghcr.io/org/app:1@${testDigest}` }]);
  const denied = await judgeBy(policy(), { object: pod }, { evidence: signedWith(bob) });
  expect(denied).toMatchObject({
    allowed: false,
    results: [{ outcome: 'fail', denies: true, message: 'CEL expression validation failed at index 0' }],
  });
  expect(denied.results[0]?.images[0]?.checks).toMatchObject([{ at: 'attestors.alice', holds: false }]);
});

test.each([
  ['object.spec.?nothing.?here.orValue("x") == "x"', true],
  ['object.?spec.containers[0].image.orValue("") == "ghcr.io/org/app:1"', true],
  ['object.metadata[?"labels"][?"app"].hasValue()', false],
  ['object.metadata.?name.value().startsWith("po")', true],
  ['object.metadata.?labels.optMap(l, l.app).hasValue()', false],
  ['object.metadata.?name.optMap(n, n + "!").orValue("") == "pod!"', true],
  ['object.metadata.?name.optFlatMap(n, object.?nothing).hasValue()', false],
  ['cel.bind(x, 1, cel.bind(y, 2, x + y)) == 3', true],
  ['optional.of(1).or(optional.none()).orValue(2) == 1', true],
  ['optional.ofNonZeroValue("").orValue("none") == "none"', true],
  ['cel.bind(x, object.metadata.name, x + x == "podpod")', true],
  ['image("nginx").registry() == "index.docker.io" && image("nginx").repository() == "library/nginx"', true],
  ['image("ghcr.io/a/b:1").tag() == "1" && !image("ghcr.io/a/b:1").containsDigest()', true],
  ['image("ghcr.io/a/b").identifierWithSeparator() == ":latest"', true],
  ['isImage("ghcr.io/a/b") && !isImage("A B")', true],
  ['parseImageReference(images.containers[0]).identifier() == "1"', true],
  ['json.unmarshal("{\\"a\\": [1]}").a[0] == 1 && json.marshal({"a": 1}) == "{\\"a\\":1}"', true],
  ['yaml.parse("a: {b: 2}").a.b == 2', true],
  ['hash.sha256("a").startsWith("ca978112") && hash.md5("a") != hash.sha1("a")', true],
  ['math.round(1.26, 1) == 1.3', true],
  ['parseServiceAccount("system:serviceaccount:ns:name").Namespace == "ns"', true],
  ['base64.encode(base64.decode("YQ==")) == "YQ=="', true],
  ['request.operation == "CREATE" && request.resource.resource == "pods" && request.namespace == "shop"', true],
  ['images.volumes.size() == 0 && images.initContainers == []', true],
  ['oldObject == null', true],
  ['size(images.containers) == 2', false],
  ['"A,b".split(",")[0].lowerAscii() == "a"', true],
  ['json.marshal({"b": 1.5, "a": [true, null]}) == "{\\"a\\":[true,null],\\"b\\":1.5}"', true],
  ['[1, 2, 3].sum() == 6 && [1.5].sum() == 1.5 && [3, 1].min() == 1 && ["a", "b"].max() == "b"', true],
  ['[3, 1].sort() == [1, 3] && [1, 2].isSorted() && ![2, 1].isSorted()', true],
  ['[1, 1, 2].distinct() == [1, 2] && [[1], [2]].flatten() == [1, 2] && [1, 2, 3].slice(1, 2) == [2]', true],
  ['[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && lists.range(2) == [0, 1]', true],
  ['sets.contains([1, 2], [1]) && sets.intersects([1], [1, 2]) && sets.equivalent([1, 2], [2, 1])', true],
  ['math.greatest(1, 2) == 2 && math.least(1, 2, 0) == 0 && math.abs(-1) == 1 && math.abs(-1.5) == 1.5', true],
  ['math.ceil(1.2) == 2.0 && math.floor(1.8) == 1.0 && math.round(1.5) == 2.0', true],
  ['"a1b2".find("[0-9]") == "1" && "a1b2".findAll("[0-9]") == ["1", "2"] && "a1b2".findAll("[0-9]", 1) == ["1"]', true],
  [
    'listObjToMap([{"k": "a"}], [{"v": 1}], "k", "v").a == 1 && isSemver("1.2.3") && strings.quote("a") == "\\"a\\""',
    true,
  ],
  ['[1, 2].first().value() == 1 && [1, 2].last().value() == 2', true],
])('%s is %s', async (expression, holds) => {
  const { results } = await judgeBy(allows(expression), { object: pod });
  expect(results).toMatchObject([{ outcome: holds ? 'pass' : 'fail' }]);
});

test.each([
  ['object.nothing == 1', 'field not found'],
  ['object.spec.?containers.?name.hasValue()', 'no such fields'],
  ['object.metadata.hasValue()', 'no optional value'],
  ['optional.none().value() == 1', 'there is no value'],
  ['"text"', 'neither true nor false'],
  ['verifyImageSignatures("ghcr.io/org/app:1", ["carol"]) > 0', '"carol" is none of the attestors'],
  ['verifyImageSignatures("ghcr.io/org/app:1", [1]) > 0', 'an attestor is none of the policy'],
  ['verifyAttestationSignatures("ghcr.io/org/app:1", "x", []) > 0', '"x" is none of the attestations'],
  ['http.Get("https://example.com").ok', 'http.Get is not called: policies ask no services (POLICY_CALL_REFUSED)'],
  ['globalContext.Get("a", "b") == 1', 'POLICY_CALL_REFUSED'],
  ['resource.Get("v1", "things", "shop", "x").a == 1', 'POLICY_CALL_REFUSED'],
  ['resource.Get("v1", "configmaps", "shop", "x").data.a == "1"', 'unknown: POLICY_FACT_MISSING'],
  ['getImageData("ghcr.io/org/app:1").config.os == "linux"', 'unknown: OCI_REMOTE_NOT_FOUND'],
  ['[].min() == 1', 'a list is empty'],
  ['[1, "a"].sort() == []', 'values have no order'],
  ['["a"].sum() == 1', 'none of numbers'],
  ['lists.range(100000) == []', 'a range has at most'],
  ['listObjToMap([{"k": 1}], [{}], "k", "v") == {}', 'k is no text'],
  ['unknownFunction(1)', 'unbound function'],
  ['variables.missing', 'field not found'],
  ['namespaceObject.metadata.name == "shop"', 'namespaceObject'],
])('%s cannot be told, and denies', async (expression, reason) => {
  const decision = await judgeBy(allows(expression), { object: pod });
  expect(decision).toMatchObject({ allowed: false, results: [{ outcome: 'error', denies: true }] });
  expect(decision.results[0]?.message).toContain(reason);
});

test('what is looked up is there: objects, and what an image consists of', async () => {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'keys', namespace: 'shop' },
    data: { a: alice.pem },
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } };
  const content = { digest: testDigest, manifest: { layers: [{ size: 7 }] }, config: { os: 'linux' } };
  const data = 'getImageData(images.containers[0])';
  const expressions = [
    `${data}.manifest.layers.all(l, l.size < 10) && ${data}.config.os == "linux"`,
    `${data}.resolvedImage == "ghcr.io/org/app:1@${testDigest}" && image.GetMetadata("ghcr.io/org/app:1").tag == "1"`,
    'namespaceObject.metadata.labels.team == "a"',
    'verifyImageSignatures(images.containers[0], [attestors.looked]) == 1',
    'variables.name == "pod" && variables.twice == "podpod"',
  ];
  const key = { expression: 'resource.Get("v1", "configmaps", "shop", "keys").data.a' };
  const decision = await judgeBy(
    policy({
      attestors: [{ name: 'looked', cosign: { key } }],
      variables: [
        { name: 'twice', expression: 'variables.name + variables.name' },
        { name: 'name', expression: 'object.metadata.name' },
      ],
      validations: expressions.map((expression) => ({ expression })),
    }),
    { object: pod },
    { objects: [map, namespace], content: () => content, evidence: signedWith(alice) },
  );
  expect(decision.results).toMatchObject([{ outcome: 'pass', message: 'success' }]);
});

test('values that need themselves have no value', async () => {
  const variables = [{ name: 'a', expression: 'variables.a' }];
  const { results } = await judgeBy(allows('variables.a', { variables }), { object: pod });
  expect(results).toMatchObject([{ outcome: 'error', message: expect.stringContaining('a needs itself') }]);
});

const attested = {
  attestations: [{ name: 'built', intoto: { type: slsa } }],
  validations: [
    {
      expression: 'images.containers.all(i, verifyAttestationSignatures(i, attestations.built, [attestors.alice]) > 0)',
    },
    {
      expression: 'images.containers.all(i, extractPayload(i, attestations.built).predicate.builder == "ci")',
      messageExpression: '"built by " + extractPayload(images.containers[0], attestations.built).predicate.builder',
    },
  ],
};
const stated = (...builders: readonly string[]): EvidencePiece[] =>
  builders.map((builder) => statedBy({ kind: 'key', id: 'k' }, slsa, { builder }));

test.each([
  [['ci'], 'pass', 'success'],
  [['laptop'], 'fail', 'built by laptop'],
  // Every statement is looked at, and none can hide behind another.
  [['ci', 'laptop'], 'fail', 'built by laptop'],
  [['laptop', 'ci'], 'fail', 'built by laptop'],
  [[], 'error', 'was verified before'],
])('statements by %j: %s', async (builders, outcome, message) => {
  const { results } = await judgeBy(policy(attested), { object: pod }, { evidence: () => stated(...builders) });
  expect(results).toMatchObject([{ outcome, message: expect.stringContaining(message) }]);
});

test('a statement of another type is none, and a signature neither', async () => {
  const [validation] = attested.validations;
  for (const piece of [statedBy({ kind: 'key', id: 'k' }, 'https://x', {}), signedBy({ kind: 'key', id: 'k' })]) {
    const only = policy({ ...attested, validations: [validation] });
    expect(await judgeBy(only, { object: pod }, { evidence: () => [piece] })).toMatchObject({ allowed: false });
  }
});

const keyless = (identity: object, more: object = {}): object => ({
  attestors: [{ name: 'alice', cosign: { keyless: { identities: [identity], ...more } } }],
});

test.each([
  [{ issuer: 'https://issuer.example.com', subject: 'a@x.org' }, true],
  [{ issuer: 'https://issuer.example.com', subject: 'a@x' }, false],
  [{ issuer: 'https://other.example.com', subject: 'a@x.org' }, false],
  [{ issuerRegExp: 'issuer', subjectRegExp: '.*@x[.]org$' }, true],
  [{ subjectRegExp: '^b@' }, false],
  [{ subjectExpression: '"a@" + "x.org"' }, true],
  [{ subjectExpression: 'object.metadata.name' }, false],
])('identities %j: %s', async (identity, allowed) => {
  const decision = await judgeBy(
    policy(keyless(identity)),
    { object: pod },
    { evidence: () => [signedBy(person('a@x.org'))] },
  );
  expect(decision).toMatchObject({ allowed });
});

test('certificates must state what additionalExtensions say', async () => {
  const extended = policy(
    keyless({ subject: 'a@x.org' }, { additionalExtensions: { githubWorkflowName: 'release*' } }),
  );
  const evidence = (name: string) => () => [signedBy(person('a@x.org', 'i', { githubWorkflowName: name }))];
  expect(await judgeBy(extended, { object: pod }, { evidence: evidence('release 1') })).toMatchObject({
    allowed: true,
  });
  expect(await judgeBy(extended, { object: pod }, { evidence: evidence('test') })).toMatchObject({ allowed: false });
});

test('what an attestor says of logs, roots and places is asked for', async () => {
  const needs: EvidenceNeed[] = [];
  const cosign = {
    key: { data: alice.pem },
    annotations: { env: 'prod' },
    source: { repository: 'ghcr.io/org/signatures', PullSecrets: [{ name: 's' }] },
    ctlog: { rekorPubKey: 'R', ctLogPubKey: 'C', tsaCertChain: 'T', insecureIgnoreTlog: true, insecureIgnoreSCT: true },
    trustedRoot: { expression: '"{" + "}"' },
  };
  const text = policy({ attestors: [{ name: 'alice', cosign }], credentials: {}, webhookConfiguration: {} });
  const decision = await judgeBy(
    text,
    { object: pod },
    {
      evidence: (need) => {
        needs.push(need);
        return [signedBy({ kind: 'key', id: 'k' }, { env: 'dev' })];
      },
    },
  );
  expect(decision).toMatchObject({ allowed: false });
  expect(needs).toMatchObject([
    {
      repository: 'ghcr.io/org/signatures',
      proof: {
        log: { required: false, key: 'R' },
        certificateLog: { required: false, key: 'C' },
        timestamp: { chain: 'T' },
        trustedRoot: '{}',
      },
    },
  ]);
  const [read] = await readPolicies(text);
  expect(read?.notes.map(({ at }) => at)).toEqual([
    'spec.credentials',
    'spec.webhookConfiguration',
    'spec.attestors[0].cosign.source.PullSecrets',
  ]);
});

test.each([
  ['tuf', { key: { data: alice.pem }, tuf: { mirror: 'https://x' } }],
  ['tagPrefix', { key: { data: alice.pem }, source: { tagPrefix: 'x' } }],
  ['kms', { key: { kms: 'awskms://x' } }],
])('an attestor with %s never counts', async (word, cosign) => {
  const text = policy({ attestors: [{ name: 'alice', cosign }] });
  const decision = await judgeBy(text, { object: pod }, { evidence: signedWith(alice) });
  expect(decision).toMatchObject({ allowed: false });
  expect(JSON.stringify(decision.results[0]?.images[0]?.checks).toLowerCase()).toContain(
    word === 'kms' ? 'awskms' : word.toLowerCase(),
  );
});

test.each<[string, object]>([
  ['signatures of Notary', { attestors: [{ name: 'n', notary: { certs: { value: 'x' } } }] }],
  ['signatures of Notary', { attestations: [{ name: 'n', referrer: { type: 'x' } }] }],
  ['is no expression of CEL', { validations: [{ expression: 'a ==' }] }],
  ['is longer than', { validations: [{ expression: `"${'a'.repeat(20_000)}"` }] }],
  ['validations is empty', { validations: [] }],
  ['resourceRules is empty', { matchConstraints: {} }],
  ['none of Deny, Audit, Warn', { validationActions: ['Log'] }],
  ['names neither issuer nor subject', keyless({})],
  ['stands beside issuer', keyless({ issuer: 'a', issuerRegExp: 'b' })],
  ['identities is empty', { attestors: [{ name: 'a', cosign: { keyless: { identities: [] } } }] }],
  [
    'The policy p is not valid: spec.attestors[0].cosign.certificate has neither',
    { attestors: [{ name: 'a', cosign: { certificate: {} } }] },
  ],
  ['whose pods are not known', { autogen: { podControllers: { controllers: ['jobsets.v1.x'] } } }],
])('refused: %s', async (reason, spec) => {
  await expect(readPolicies(policy(spec))).rejects.toMatchObject({
    code: 'POLICY_INVALID',
    message: expect.stringContaining(reason),
  });
});

test.each([
  ['Deny', ['Deny'], false, 'fail'],
  ['Audit', ['Audit'], true, 'fail'],
  ['Warn', ['Warn'], true, 'warn'],
  ['Deny before the others', ['Audit', 'Warn', 'Deny'], false, 'fail'],
])('%s', async (_, validationActions, allowed, outcome) => {
  const decision = await judgeBy(policy({ validationActions }), { object: pod }, { evidence: signedWith(bob) });
  expect(decision).toMatchObject({ allowed, results: [{ outcome }] });
});

test('a policy that is kept out of admission tells and lets in', async () => {
  const text = policy({ evaluation: { admission: { enabled: false } } });
  expect(await judgeBy(text, { object: pod }, { evidence: signedWith(bob) })).toMatchObject({
    allowed: true,
    results: [{ outcome: 'fail' }],
  });
});

test('a policy for other JSON says nothing of objects, and says so', async () => {
  const text = policy({ evaluation: { mode: 'JSON' } });
  expect((await judgeBy(text, { object: pod })).results).toEqual([]);
  expect((await readPolicies(text))[0]?.notes).toMatchObject([{ at: 'spec.evaluation.mode' }]);
});

test('conditions: one that is false leaves the request out, one without a value denies unless the policy is to be ignored', async () => {
  const given = (expression: string, more: object = {}) =>
    judgeBy(
      policy({ matchConditions: [{ name: 'c', expression }], ...more }),
      { object: pod },
      { evidence: signedWith(bob) },
    );
  expect((await given('object.metadata.name != "pod"')).results).toEqual([]);
  expect(await given('object.metadata.name == "pod"')).toMatchObject({ allowed: false });
  expect(await given('object.nothing')).toMatchObject({ allowed: false, results: [{ outcome: 'error' }] });
  expect((await given('object.nothing', { failurePolicy: 'Ignore' })).results).toEqual([]);
});

const constrained = (constraints: object, rule: object = {}) =>
  policy({
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['pods'], ...rule }],
      ...constraints,
    },
  });

test.each([
  ['other labels', constrained({ objectSelector: { matchLabels: { app: 'db' } } })],
  [
    'labels in no list',
    constrained({ objectSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['db'] }] } }),
  ],
  [
    'labels that are there',
    constrained({ objectSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }),
  ],
  [
    'labels in a list',
    constrained({ objectSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } }),
  ],
  [
    'labels that are not there',
    constrained({ objectSelector: { matchExpressions: [{ key: 'x', operator: 'Exists' }] } }),
  ],
  ['other resources', constrained({}, { resources: ['services'] })],
  ['other groups', constrained({}, { apiGroups: ['apps'] })],
  ['other operations', constrained({}, { operations: ['UPDATE'] })],
  ['other names', constrained({}, { resourceNames: ['other'] })],
  [
    'what is excluded',
    constrained({
      excludeResourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
    }),
  ],
  ['another namespace', constrained({ namespaceSelector: { matchLabels: { team: 'b' } } })],
])('a policy for %s says nothing', async (_, text) => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } };
  const object = podOf(['ghcr.io/org/app:1'], { labels: { app: 'web' } });
  expect((await judgeBy(text, { object }, { objects: [namespace] })).results).toEqual([]);
});

test('a namespace whose labels nobody can tell is one that the policy is for', async () => {
  const text = constrained({ namespaceSelector: { matchLabels: { team: 'b' } } });
  expect(await judgeBy(text, { object: pod }, { evidence: signedWith(bob) })).toMatchObject({ allowed: false });
});

test('containers that are added to a running pod count', async () => {
  const request = { object: pod, operation: 'UPDATE', subResource: 'ephemeralcontainers' } as const;
  expect(await judgeBy(policy(), request, { evidence: signedWith(bob) })).toMatchObject({ allowed: false });
  expect((await judgeBy(policy(), { object: pod, operation: 'DELETE' })).results).toEqual([]);
});

test.each([
  ['Deployment', 'apps/v1'],
  ['StatefulSet', 'apps/v1'],
  ['Job', 'batch/v1'],
  ['CronJob', 'batch/v1'],
])('a policy for pods holds for a %s too, with its expressions led to the pods', async (kind, apiVersion) => {
  const validations = [
    { expression: 'object.spec.containers.size() == 1 && object.metadata.namespace == "shop"' },
    { expression: signed },
  ];
  const object = workloadOf(kind, apiVersion, ['ghcr.io/org/app:1']);
  expect(await judgeBy(policy({ validations }), { object }, { evidence: signedWith(alice) })).toMatchObject({
    allowed: true,
    results: [{ outcome: 'pass' }],
  });
  expect(await judgeBy(policy({ validations }), { object }, { evidence: signedWith(bob) })).toMatchObject({
    allowed: false,
  });
});

test('controllers that are not asked for, and policies with labels, are left alone', async () => {
  const object = workloadOf('Deployment', 'apps/v1', ['ghcr.io/org/app:1']);
  for (const spec of [
    { autogen: { podControllers: { controllers: ['jobs'] } } },
    {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        objectSelector: { matchLabels: { a: 'b' } },
      },
    },
  ]) {
    expect((await judgeBy(policy(spec), { object })).results).toEqual([]);
  }
});

test.each([
  ['ghcr.io/org/*', true],
  ['ghcr.io/org/app:1', true],
  ['ghcr.io/org/{app,web}:?', true],
  ['docker.io/*', false],
])('the glob %s names the image: %s, also once its digest is there', async (glob, isNamed) => {
  const text = policy({ matchImageReferences: [{ glob }] });
  for (const image of ['ghcr.io/org/app:1', `ghcr.io/org/app:1@${testDigest}`]) {
    expect(await judgeBy(text, { object: podOf([image]) }, { evidence: signedWith(bob) })).toMatchObject({
      allowed: !isNamed,
    });
  }
});

test('images may be named by an expression, and none at all means every one', async () => {
  const evidence = signedWith(bob);
  const named = policy({ matchImageReferences: [{ expression: 'ref.contains("/org/")' }] });
  expect(await judgeBy(named, { object: pod }, { evidence })).toMatchObject({ allowed: false });
  expect(await judgeBy(named, { object: podOf(['nginx']) }, { evidence })).toMatchObject({ allowed: true });
  expect(await judgeBy(policy({ matchImageReferences: [] }), { object: podOf(['nginx']) }, { evidence })).toMatchObject(
    { allowed: false },
  );
});

test('images that no expression looked at are not verified, unless another policy did', async () => {
  const lax = policy({ validations: [{ expression: 'true' }] });
  const denied = await judgeBy(lax, { object: pod }, { evidence: signedWith(alice) });
  expect(denied.results).toMatchObject([
    { outcome: 'fail', message: 'no signature or statement of ghcr.io/org/app:1 was verified by any policy' },
  ]);
  expect(await judgeBy(`${lax}\n---\n${policy()}`, { object: pod }, { evidence: signedWith(alice) })).toMatchObject({
    allowed: true,
  });
  // A volume is an image too.
  const volumes = [{ name: 'v', image: { reference: 'ghcr.io/org/data:1' } }];
  const object = { ...pod, spec: { ...(pod['spec'] as object), volumes } };
  expect(await judgeBy(policy(), { object }, { evidence: signedWith(alice) })).toMatchObject({ allowed: false });
});

test('a digest must be there where none is written', async () => {
  const text = policy({ validationConfigurations: { mutateDigest: false } });
  const denied = await judgeBy(text, { object: pod }, { evidence: signedWith(alice) });
  expect(denied.results).toMatchObject([
    { outcome: 'fail', message: 'image ghcr.io/org/app:1 does not have a digest' },
  ]);
  const object = podOf([`ghcr.io/org/app:1@${testDigest}`]);
  expect(await judgeBy(text, { object }, { evidence: signedWith(alice) })).toMatchObject({
    allowed: true,
    patches: [],
  });
  const absent = await judgeBy(
    policy(),
    { object: pod },
    { evidence: signedWith(alice), digest: () => unknownFact('OCI_REMOTE_NOT_FOUND') },
  );
  expect(absent).toMatchObject({ allowed: false, results: [{ outcome: 'error' }] });
});

test('images are where the policy finds them', async () => {
  const object = {
    apiVersion: 'example.com/v1',
    kind: 'App',
    metadata: { name: 'a', namespace: 'shop' },
    spec: { image: 'ghcr.io/org/app:1' },
  };
  const text = policy({
    matchConstraints: {
      resourceRules: [{ apiGroups: ['example.com'], apiVersions: ['*'], operations: ['*'], resources: ['apps'] }],
    },
    images: [{ name: 'apps', expression: '[object.spec.image]' }],
    validations: [{ expression: 'images.apps.all(i, verifyImageSignatures(i, [attestors.alice]) > 0)' }],
  });
  expect(await judgeBy(text, { object }, { evidence: signedWith(alice) })).toMatchObject({ allowed: true });
  expect(await judgeBy(text, { object }, { evidence: signedWith(bob) })).toMatchObject({ allowed: false });
  const broken = { ...object, spec: { image: 7 } };
  expect(await judgeBy(text, { object: broken }, { evidence: signedWith(alice) })).toMatchObject({ allowed: false });
});

test('a policy for one namespace says nothing of others, and sees nothing of them', async () => {
  const own = (namespace: string, spec: object = {}) =>
    policy(spec, { kind: 'NamespacedImageValidatingPolicy', metadata: { name: 'p', namespace } });
  expect((await judgeBy(own('other'), { object: pod }, { evidence: signedWith(bob) })).results).toEqual([]);
  expect(await judgeBy(own('shop'), { object: pod }, { evidence: signedWith(bob) })).toMatchObject({ allowed: false });
  const looking = own('shop', { validations: [{ expression: 'resource.Get("v1", "secrets", "other", "x") != null' }] });
  const { results } = await judgeBy(looking, { object: pod });
  expect(results[0]?.message).toContain('it is of another namespace (POLICY_CALL_REFUSED)');
});

const exception = (spec: object = {}): string =>
  JSON.stringify({
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'PolicyException',
    metadata: { name: 'e' },
    spec: { policyRefs: [{ name: 'p', kind: 'ImageValidatingPolicy' }], ...spec },
  });

test.each([
  ['frees', exception(), 'skip'],
  [
    'frees by its conditions',
    exception({ matchConditions: [{ name: 'c', expression: 'object.metadata.name == "pod"' }] }),
    'skip',
  ],
  [
    'of other conditions does not',
    exception({ matchConditions: [{ name: 'c', expression: 'object.metadata.name == "x"' }] }),
    'fail',
  ],
  ['without a value does not', exception({ matchConditions: [{ name: 'c', expression: 'object.nothing' }] }), 'fail'],
  ['of another policy does not', exception({ policyRefs: [{ name: 'q', kind: 'ImageValidatingPolicy' }] }), 'fail'],
  ['for single images does not', exception({ images: ['ghcr.io/*'] }), 'fail'],
  ['that ran out does not', exception({ expiresAt: '2026-05-01T00:00:00Z' }), 'fail'],
  ['that has yet to run out frees', exception({ expiresAt: '2026-07-01T00:00:00Z' }), 'skip'],
])('an exception %s', async (_, text, outcome) => {
  const { results } = await judgeBy(`${policy()}\n---\n${text}`, { object: pod }, { evidence: signedWith(bob) });
  expect(results).toMatchObject([{ outcome }]);
});

test('an exception with a time that is none is refused', async () => {
  await expect(readPolicies(`${policy()}\n---\n${exception({ expiresAt: 'soon' })}`)).rejects.toThrowCode(
    'POLICY_INVALID',
  );
});
