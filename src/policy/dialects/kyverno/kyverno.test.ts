import { expect, test } from 'vitest';
import {
  clusterPolicy,
  judgeBy,
  person,
  podOf,
  readPolicies,
  signedBy,
  statedBy,
  testDigest,
  unknownFact,
  workloadOf,
} from '../../../../testkit/policy.ts';
import { toPem } from '../../../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import { makeStack } from '../../../../testkit/sigstore/stack.ts';
import type { EvidenceNeed, EvidencePiece } from '../../model/need.ts';

const [alice, bob, carol] = [makeKey(), makeKey(), makeKey()] as const;

const policy = (...parts: Parameters<typeof clusterPolicy>): string => JSON.stringify(clusterPolicy(...parts));

const keyed = (...keys: readonly { readonly pem: string }[]): object => ({
  attestors: [{ entries: keys.map(({ pem }) => ({ keys: { publicKeys: pem } })) }],
});

/** The image is signed with these keys, whatever its name. */
const signedWith =
  (...keys: readonly { readonly pem: string }[]) =>
  ({ proof: { by } }: EvidenceNeed): EvidencePiece[] =>
    keys.some(({ pem }) => by.kind === 'key' && by.pem.trim() === pem.trim())
      ? [signedBy({ kind: 'key', id: 'k' })]
      : [];

const judged = async (
  text: string,
  evidence: (need: EvidenceNeed) => EvidencePiece[],
  images = ['ghcr.io/org/app:1'],
) => judgeBy(text, { object: podOf(images) }, { evidence });

const by =
  (...pieces: readonly EvidencePiece[]) =>
  () => [...pieces];

test.each([
  ['all entries of a set', { attestors: [{ entries: [key(alice), key(bob)] }] }, [alice], false],
  ['all entries of a set', { attestors: [{ entries: [key(alice), key(bob)] }] }, [alice, bob], true],
  ['one of them', { attestors: [{ count: 1, entries: [key(alice), key(bob)] }] }, [bob], true],
  ['two of three', { attestors: [{ count: 2, entries: [key(alice), key(bob), key(carol)] }] }, [carol], false],
  ['two of three', { attestors: [{ count: 2, entries: [key(alice), key(bob), key(carol)] }] }, [carol, alice], true],
  ['every set', { attestors: [{ entries: [key(alice)] }, { entries: [key(bob)] }] }, [alice], false],
  ['every set', { attestors: [{ entries: [key(alice)] }, { entries: [key(bob)] }] }, [alice, bob], true],
  [
    'both keys of a text',
    { attestors: [{ entries: [{ keys: { publicKeys: alice.pem + bob.pem } }] }] },
    [alice],
    false,
  ],
  [
    'one of a text',
    { attestors: [{ count: 1, entries: [{ keys: { publicKeys: alice.pem + bob.pem } }] }] },
    [bob],
    true,
  ],
  [
    'a nested set',
    { attestors: [{ entries: [{ attestor: { count: 1, entries: [key(alice), key(bob)] } }] }] },
    [bob],
    true,
  ],
  ['a nested set', { attestors: [{ entries: [{ attestor: { entries: [key(alice), key(bob)] } }] }] }, [bob], false],
  ['the key of older policies', { key: alice.pem }, [alice], true],
  ['the key of older policies', { key: alice.pem }, [bob], false],
  ['a key in a KMS', { attestors: [{ entries: [{ keys: { kms: 'awskms:///x' } }] }] }, [alice], false],
  [
    'a key in a secret',
    { attestors: [{ entries: [{ keys: { secret: { name: 'x', namespace: 'y' } } }] }] },
    [alice],
    false,
  ],
  ['a key by address', { attestors: [{ entries: [{ keys: { publicKeys: 'k8s://a/b' } }] }] }, [alice], false],
])('%s must have signed: %j', async (_, entry, keys, expected) => {
  expect((await judged(policy(entry), signedWith(...keys))).allowed).toBe(expected);
});

function key({ pem }: { readonly pem: string }): object {
  return { keys: { publicKeys: pem } };
}

const keyless = (fields: object): string => policy({ attestors: [{ entries: [{ keyless: fields }] }] });

test.each([
  [{ subject: '*@org.com', issuer: 'https://issuer.example.com' }, true],
  [{ subject: '*@org.co', issuer: 'https://issuer.example.com' }, false],
  [{ subject: '*@org.com', issuer: 'https://other.example.com' }, false],
  [{ subjectRegExp: 'org\\.com$', issuerRegExp: '^https://issuer\\.' }, true],
  [{ subject: 'nobody', subjectRegExp: 'dev@' }, true],
  [{ issuer: 'https://issuer.example.com', issuerRegExp: 'other' }, false],
  [{ additionalExtensions: { githubWorkflowName: 'rel*' } }, true],
  [{ additionalExtensions: { '1.3.6.1.4.1.57264.1.4': 'test' } }, false],
  [{}, true],
])('keyless %j: %s', async (fields, expected) => {
  const signer = person('dev@org.com', undefined, { githubWorkflowName: 'release' });
  expect((await judged(keyless(fields), by(signedBy(signer)))).allowed).toBe(expected);
});

test('a certificate that names nobody matches no subject', async () => {
  const nobody = { ...person(''), names: [] } as ReturnType<typeof person>;
  const { results } = await judged(keyless({ subject: '*', issuer: '*' }), by(signedBy(nobody)));
  expect(results[0]?.message).toContain('the certificate is of nobody');
});

test('annotations must have been signed, all of them in one signature', async () => {
  const entry = { attestors: [{ entries: [{ ...key(alice), annotations: { env: 'prod', team: 'a' } }] }] };
  const signer = { kind: 'key', id: 'k' } as const;
  const both = signedBy(signer, { env: 'prod', team: 'a' });
  const halves = [signedBy(signer, { env: 'prod' }), signedBy(signer, { team: 'a' })];
  expect((await judged(policy(entry), by(both))).allowed).toBe(true);
  expect((await judged(policy(entry), by(...halves))).allowed).toBe(false);
});

test.each([
  ['repo*', ['repo:1'], false],
  ['docker.io/repo*', ['repo:1'], true],
  ['docker.io/library/repo*', ['repo:1'], true],
  ['docker.io/repo:*', [`repo:1@${testDigest}`], true],
  ['docker.io/repo@*', [`repo:1@${testDigest}`], true],
  ['docker.io/repo', ['repo'], false],
  ['docker.io/repo:latest', ['repo'], true],
  ['ghcr.io/org/*', ['ghcr.io/org/a/b:1'], true],
  ['GHCR.io/org/*', ['ghcr.io/org/a:1'], false],
  ['ghcr.io/or?/a:1', ['ghcr.io/org/a:1'], true],
  ['', ['a'], false],
])('the pattern "%s" names %s: %s', async (pattern, images, expected) => {
  const { results } = await judged(policy({ ...keyed(alice), imageReferences: [pattern] }), by(), images);
  expect(results.length > 0).toBe(expected);
});

test('images to skip are skipped and not pinned, by their digest alone where they have one', async () => {
  const entry = { ...keyed(alice), skipImageReferences: ['docker.io/safe:*'] };
  const { results, allowed, patches } = await judged(policy(entry), by(), ['safe:1']);
  expect({ allowed, patches, outcome: results[0]?.outcome }).toEqual({ allowed: true, patches: [], outcome: 'skip' });
  expect((await judged(policy(entry), by(), [`safe:1@${testDigest}`])).allowed).toBe(false);
});

test.each([
  [{ mutateDigest: true }, 'app:1', 'pass', 1],
  [{ mutateDigest: false }, 'app:1', 'fail', 0],
  [{ mutateDigest: false, verifyDigest: false }, 'app:1', 'pass', 0],
  [{ mutateDigest: false }, `app@${testDigest}`, 'pass', 0],
  [{}, `app:1@${testDigest}`, 'pass', 0],
])('digests with %j of %s: %s', async (entry, image, outcome, pins) => {
  const { results, patches } = await judged(policy({ required: false, ...entry }), by(), [image]);
  expect([results[0]?.outcome, patches.length]).toEqual([outcome, pins]);
});

test('a key in a secret is that of the cluster', async () => {
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'x' },
      data: { 'cosign.pub': Buffer.from(alice.pem).toString('base64') },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'alone' },
      data: { key: Buffer.from(bob.pem).toString('base64') },
    },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'two' }, data: { a: 'YQ==', b: 'Yg==' } },
  ];
  const decide = async (keys: object, signer: { readonly pem: string }) =>
    judgeBy(
      policy({ attestors: [{ entries: [{ keys }] }] }),
      { object: podOf(['a:1']) },
      { objects, evidence: signedWith(signer) },
    );
  expect((await decide({ secret: { namespace: 'y', name: 'x' } }, alice)).allowed).toBe(true);
  expect((await decide({ publicKeys: 'k8s://y/x' }, alice)).allowed).toBe(true);
  expect((await decide({ publicKeys: 'k8s://y/x' }, bob)).allowed).toBe(false);
  expect((await decide({ publicKeys: 'k8s://y/alone' }, bob)).allowed).toBe(true);
  expect((await decide({ publicKeys: 'k8s://y/two' }, bob)).results[0]?.message).toContain('secret y/two is not known');
});

test('more images than anyone needs are not looked at', async () => {
  const many = Array.from({ length: 201 }, (_, index) => `a:${index}`);
  expect(await judged(policy(keyed(alice)), signedWith(alice), many)).toMatchObject({
    allowed: false,
    results: [{ outcome: 'error', message: 'more than 200 images are named' }],
  });
});

test('an image that nothing verifies fails a rule that only asks for a digest, unless none is required', async () => {
  const image = [`app:1@${testDigest}`];
  const unverified = await judged(policy({}), by(), image);
  expect(unverified.results[0]?.message).toContain('unverified image app:1@');
  expect((await judged(policy({ required: false }), by(), image)).allowed).toBe(true);
  const other = { verifyImages: [{ imageReferences: ['*'] }, { imageReferences: ['*'], ...keyed(alice) }] };
  expect((await judged(policy({}, {}, other), signedWith(alice), image)).allowed).toBe(true);
  expect((await judged(policy({}, {}, other), signedWith(bob), image)).allowed).toBe(false);
});

const type = 'https://slsa.dev/provenance/v1';
const attested = (more: object): string =>
  policy({ attestations: [{ type, attestors: [{ entries: [key(alice)] }], ...more }] });
const condition = (text: string, value: unknown): object => ({
  conditions: [{ all: [{ key: `{{ ${text} }}`, operator: 'Equals', value }] }],
});
const builtBy = (id: string): EvidencePiece =>
  statedBy({ kind: 'key', id: 'k' }, type, { builder: { id }, request: 'x' });

test.each([
  ['there is one', {}, [builtBy('a')], true],
  ['there is none', {}, [], false],
  ['it is of another type', {}, [statedBy({ kind: 'key', id: 'k' }, 'other', {})], false],
  ['a signature is none', {}, [signedBy({ kind: 'key', id: 'k' })], false],
  ['its condition holds', condition('builder.id', 'a'), [builtBy('a')], true],
  ['its condition does not hold', condition('builder.id', 'a'), [builtBy('b')], false],
  ['one of two breaks the condition', condition('builder.id', 'a'), [builtBy('a'), builtBy('b')], false],
  ['a variable is not there', condition('nothing.here', 'a'), [builtBy('a')], false],
  ['it cannot stand in for the request', condition('request.operation', 'CREATE'), [builtBy('a')], true],
  ['it knows the image', condition('image.registry', 'ghcr.io'), [builtBy('a')], true],
])('an attestation: %s', async (_, more, pieces, expected) => {
  expect((await judged(attested(more), by(...pieces))).allowed).toBe(expected);
});

test('an attestation without attestors may be of anyone, which is worth a note', async () => {
  const text = policy({ attestations: [{ predicateType: type }] });
  expect((await judged(text, by(statedBy(person('any@one'), type, {})))).allowed).toBe(true);
  const [read] = await readPolicies(text);
  expect(read?.notes.map(({ message }) => message)).toEqual([
    'has no attestors, so that anyone with a certificate may have made it',
  ]);
});

const denying = (key: string, value: string): string =>
  policy({
    attestations: [
      { name: 'built', type, attestors: [{ entries: [{ keys: { publicKeys: alice.pem } }] }] },
      { name: 'scanned', type: 'scan', attestors: [{ entries: [{ keys: { publicKeys: alice.pem } }] }] },
    ],
    validate: { message: 'not so', deny: { conditions: { any: [{ key, operator: 'Equals', value }] } } },
  });
const scanned = (count: number): EvidencePiece => statedBy({ kind: 'key', id: 'k' }, 'scan', { count });

test.each([
  ['{{ built.builder.id }}', 'ci', [builtBy('ci'), scanned(0)], false],
  ['{{ built.builder.id }}', 'x', [builtBy('ci'), scanned(0)], true],
  ['{{ built.builder.id }}-{{ scanned.count }}', 'ci-0', [builtBy('ci'), scanned(0)], false],
  ['{{ built.builder.id }}-{{ scanned.count }}', 'ci-1', [builtBy('ci'), scanned(0), scanned(1)], false],
  ['{{ built.predicate }}', 'x', [builtBy('ci'), scanned(0)], false],
  ['{{ request.operation }}', 'x', [builtBy('ci'), scanned(0)], true],
  ['{{ request.operation }}', 'x', [builtBy('ci')], false],
])('validate.deny when %s is %s', async (key, value, pieces, expected) => {
  expect((await judged(denying(key, value), by(...pieces))).allowed).toBe(expected);
});

test('statements in more combinations than can be looked at are not cleared', async () => {
  const many = Array.from({ length: 11 }, (_, index) => [builtBy(`${index}`), scanned(index)]).flat();
  const { results } = await judged(denying('{{ built.builder.id }}', 'x'), by(...many));
  expect(results[0]?.message).toContain('more than 100 combinations');
});

test('fields that Kyverno does not have are told, at any depth', async () => {
  const text = policy({
    ...keyed(alice),
    imageReferance: ['x'],
    attestors: [{ entries: [{ keys: { publicKeys: alice.pem, rekor: { ignoreTLog: true } } }] }],
  });
  const [read] = await readPolicies(text);
  expect(read?.notes.map(({ at }) => at)).toEqual([
    'spec.rules[0].verifyImages[0].imageReferance',
    'spec.rules[0].verifyImages[0].attestors[0].entries[0].keys.rekor.ignoreTLog',
  ]);
});

test.each([
  ['Deployment', 'apps/v1', 'autogen-r'],
  ['StatefulSet', 'apps/v1', 'autogen-r'],
  ['DaemonSet', 'apps/v1', 'autogen-r'],
  ['ReplicaSet', 'apps/v1', 'autogen-r'],
  ['Job', 'batch/v1', 'autogen-r'],
  ['ReplicationController', 'v1', 'autogen-r'],
  ['CronJob', 'batch/v1', 'autogen-cronjob-r'],
])('a rule for pods holds for %s', async (kind, apiVersion, rule) => {
  const preconditions = {
    all: [{ key: '{{ request.object.spec.containers[0].name }}', operator: 'Equals', value: 'c0' }],
  };
  const text = policy(keyed(alice), {}, { preconditions });
  const { results, allowed } = await judgeBy(text, { object: workloadOf(kind, apiVersion, ['a:1']) });
  expect(results.map((result) => [result.rule, result.outcome])).toEqual([[rule, 'fail']]);
  expect(allowed).toBe(false);
});

test('no rules are made for what looks at pods alone, or when an annotation says so', async () => {
  const count = async (text: string) => (await readPolicies(text))[0]?.rules.length;
  const named = { match: { any: [{ resources: { kinds: ['Pod'], names: ['a'] } }] } };
  const both = { match: { any: [{ resources: { kinds: ['Pod', 'Job'] } }] } };
  const job = { match: { any: [{ resources: { kinds: ['Job'] } }] } };
  expect(await count(policy(keyed(alice)))).toBe(3);
  for (const rule of [named, both, job]) expect(await count(policy(keyed(alice), {}, rule))).toBe(1);
  const annotated = (value: string) => {
    const read = JSON.parse(policy(keyed(alice)));
    read.metadata.annotations = { 'pod-policies.kyverno.io/autogen-controllers': value };
    return JSON.stringify(read);
  };
  expect(await count(annotated('none'))).toBe(1);
  expect(await count(annotated('Deployment,Job'))).toBe(2);
  expect(await count(annotated('CronJob'))).toBe(2);
});

test.each([
  [{ validationFailureAction: 'audit' }, {}, false],
  [{ validationFailureAction: 'Audit' }, { failureAction: 'Enforce' }, true],
  [{}, { failureAction: 'Audit' }, false],
  [{ validationFailureAction: undefined }, {}, false],
  [{ validationFailureActionOverrides: [{ action: 'Audit', namespaces: ['sh*'] }] }, {}, false],
  [{ validationFailureActionOverrides: [{ action: 'Audit', namespaces: ['x'] }] }, {}, true],
  [
    { validationFailureActionOverrides: [{ action: 'Audit', namespaceSelector: { matchLabels: { a: 'b' } } }] },
    {},
    true,
  ],
  [
    {
      validationFailureAction: 'Audit',
      validationFailureActionOverrides: [{ action: 'Enforce', namespaceSelector: { matchLabels: { a: 'b' } } }],
    },
    {},
    true,
  ],
])('a failure under %j and %j denies: %s', async (spec, entry, denies) => {
  const { results, allowed } = await judged(policy({ ...keyed(alice), ...entry }, spec), by());
  expect([allowed, results[0]?.outcome]).toEqual([!denies, 'fail']);
});

test('what cannot be found out is an error, and denies also under Audit but where errors are let pass', async () => {
  const decide = (code: string, spec: object) =>
    judgeBy(policy(keyed(alice), spec), { object: podOf(['a:1']) }, { digest: () => unknownFact(code) });
  const audit = { validationFailureAction: 'Audit' };
  for (const code of ['OCI_REMOTE_NOT_FOUND', 'NET_FAILED']) {
    expect(await decide(code, audit)).toMatchObject({ allowed: false, results: [{ outcome: 'error' }] });
    expect(await decide(code, { failurePolicy: 'Ignore' })).toMatchObject({ allowed: true });
  }
});

const exception = (name: string, more: object = {}): string =>
  JSON.stringify({
    apiVersion: 'kyverno.io/v2',
    kind: 'PolicyException',
    metadata: { name: 'e' },
    spec: {
      match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['shop'] } }] },
      exceptions: [{ policyName: 'p', ruleNames: [name] }],
      ...more,
    },
  });

test.each([
  [exception('r'), 'skip'],
  [exception('r*'), 'skip'],
  [exception('other'), 'fail'],
  [exception('r', { match: { any: [{ resources: { namespaces: ['x'] } }] } }), 'fail'],
  [exception('r', { conditions: { all: [{ key: '{{ request.name }}', operator: 'Equals', value: 'x' }] } }), 'fail'],
])('an exception %#', async (document, outcome) => {
  const { results } = await judged(`${policy(keyed(alice))}\n---\n${document}`, by());
  expect(results[0]?.outcome).toBe(outcome);
});

test('preconditions and context decide whether a rule is about a request', async () => {
  const equals = (key: string, value: string) => ({ all: [{ key, operator: 'Equals', value }] });
  const outcome = async (rule: object) => (await judged(policy(keyed(alice), {}, rule), by())).results[0]?.outcome;
  expect(await outcome({ preconditions: equals('{{ request.namespace }}', 'x') })).toBe('skip');
  expect(await outcome({ preconditions: equals('{{ request.namespace }}', 'shop') })).toBe('fail');
  expect(await outcome({ preconditions: equals('{{ nothing }}', 'x') })).toBe('error');
  const named = { name: 'where', variable: { jmesPath: 'request.namespace' } };
  expect(await outcome({ context: [named], preconditions: equals('{{ where }}', 'shop') })).toBe('fail');
  const fallback = { name: 'where', variable: { jmesPath: 'nothing', default: 'shop' } };
  expect(await outcome({ context: [fallback], preconditions: equals('{{ where }}', 'shop') })).toBe('fail');
  const value = { name: 'where', variable: { value: { a: '{{ request.namespace }}' }, jmesPath: 'a' } };
  expect(await outcome({ context: [value], preconditions: equals('{{ where }}', 'shop') })).toBe('fail');
  const map = { name: 'map', configMap: { name: 'm', namespace: 'shop' } };
  expect(await outcome({ context: [map] })).toBe('error');
  expect(await outcome({ context: [{ name: 'x', apiCall: { urlPath: '/' } }] })).toBe('error');
  const images = equals('{{ images.containers.c0.registry }}', 'ghcr.io');
  expect(await outcome({ preconditions: images })).toBe('fail');
});

test('a ConfigMap is looked up', async () => {
  const rule = {
    context: [{ name: 'map', configMap: { name: 'm', namespace: 'shop' } }],
    preconditions: { all: [{ key: '{{ map.data.on }}', operator: 'Equals', value: 'yes' }] },
  };
  const objects = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { on: 'no' } }];
  const { results } = await judgeBy(policy(keyed(alice), {}, rule), { object: podOf(['a:1']) }, { objects });
  expect(results[0]?.outcome).toBe('skip');
});

test('images in custom resources', async () => {
  const task = {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: { name: 't', namespace: 'shop' },
    spec: { steps: [{ image: 'docker://a:1' }, { image: 'docker://b:1' }] },
  };
  const rule = {
    match: { any: [{ resources: { kinds: ['tekton.dev/v1/Task'] } }] },
    imageExtractors: { Task: [{ path: '/spec/steps/*', value: 'image', jmesPath: "trim_prefix(@, 'docker://')" }] },
  };
  const text = policy({ ...keyed(alice), mutateDigest: false }, {}, rule);
  const { results } = await judgeBy(text, { object: task });
  expect(results[0]?.images.map(({ image, pointers }) => [image, ...pointers])).toEqual([
    ['docker.io/library/a:1', '/spec/steps/0/image'],
    ['docker.io/library/b:1', '/spec/steps/1/image'],
  ]);
  const broken = { ...task, spec: { steps: [{ image: 7 }] } };
  expect((await judgeBy(text, { object: broken })).results[0]?.outcome).toBe('error');
});

test('a policy of one namespace holds there alone, and deletions are let be', async () => {
  const own = JSON.parse(policy(keyed(alice)));
  const text = JSON.stringify({ ...own, kind: 'Policy', metadata: { name: 'p', namespace: 'shop' } });
  expect((await judged(text, by())).allowed).toBe(false);
  const elsewhere = podOf(['a:1'], { namespace: 'other' });
  expect((await judgeBy(text, { object: elsewhere })).results).toEqual([]);
  expect((await judgeBy(text, { object: podOf(['a:1']), operation: 'DELETE' })).results).toEqual([]);
});

test('containers of all kinds and volumes are judged, each name once', async () => {
  const object = {
    ...podOf([]),
    spec: {
      initContainers: [{ name: 'i', image: 'a:1' }],
      containers: [{ name: 'c', image: 'a:1' }, { name: 'd' }],
      ephemeralContainers: [{ name: 'e', image: 'b:1' }],
      volumes: [{ name: 'v', image: { reference: 'c:1' } }],
    },
  };
  const { results, patches } = await judgeBy(policy(keyed(alice)), { object }, { evidence: signedWith(alice) });
  expect(results[0]?.images).toHaveLength(3);
  expect(patches.map(({ pointer }) => pointer).sort()).toEqual([
    '/spec/containers/0/image',
    '/spec/ephemeralContainers/0/image',
    '/spec/initContainers/0/image',
    '/spec/volumes/0/image/reference',
  ]);
  const unreadable = podOf(['Not An Image']);
  expect(await judgeBy(policy(keyed(alice)), { object: unreadable })).toMatchObject({
    allowed: false,
    results: [{ outcome: 'error' }],
  });
});

const stack = makeStack();
const { root, intermediate } = stack.authority;
const leaf = stack.authority.issue({ at: stack.at });
const chain = toPem(intermediate.der) + toPem(root.der);

test('a certificate stands for its key, which its chain must vouch for; a chain alone is whom to trust', async () => {
  const needs: EvidenceNeed[] = [];
  const ask = async (certificates: object) => {
    const evidence = (need: EvidenceNeed): EvidencePiece[] => {
      needs.push(need);
      return [];
    };
    await judgeBy(policy({ attestors: [{ entries: [{ certificates }] }] }), { object: podOf(['a:1']) }, { evidence });
  };
  await ask({ cert: toPem(leaf.der) });
  await ask({ cert: toPem(leaf.der), certChain: chain, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } });
  await ask({ certChain: chain });
  expect(needs.map(({ proof }) => proof)).toMatchObject([
    { by: { kind: 'key', pem: toPem(leaf.der) }, log: { required: true }, certificateLog: { required: true } },
    { by: { kind: 'key' }, log: { required: false }, certificateLog: { required: false } },
    { by: { kind: 'certificate' }, authorities: chain },
  ]);
  const other = makeStack().authority;
  const strange = toPem(other.intermediate.der) + toPem(other.root.der);
  await expect(ask({ cert: toPem(leaf.der), certChain: strange })).rejects.toThrowCode('POLICY_INVALID');
  await expect(ask({ certChain: 'x' })).rejects.toThrowCode('POLICY_KEY_INVALID');
  await expect(ask({})).rejects.toThrowCode('POLICY_INVALID');
});

test.each([
  [{ type: 'Notary', ...keyed(alice) }, 'POLICY_INVALID'],
  [{ imageReferences: [] }, 'POLICY_INVALID'],
  [{ validate: {} }, 'POLICY_INVALID'],
  [{ mutateDigest: 'yes' }, 'POLICY_INVALID'],
  [{ failureAction: 'Warn' }, 'POLICY_INVALID'],
  [{ attestors: [{ entries: [] }] }, 'POLICY_INVALID'],
  [{ attestors: [{ count: 2, entries: [key(alice)] }] }, 'POLICY_INVALID'],
  [{ attestors: [{ entries: [{ ...key(alice), keyless: {} }] }] }, 'POLICY_INVALID'],
  [{ attestors: [{ entries: [{ keyless: { subjectRegExp: '(' } }] }] }, 'POLICY_PATTERN_INVALID'],
  [{ attestors: [{ entries: [{ keyless: { additionalExtensions: { x: 'y' } } }] }] }, 'POLICY_INVALID'],
  [{ attestors: [{ entries: [{ keys: { publicKeys: 'abc' } }] }] }, 'POLICY_KEY_INVALID'],
  [
    {
      attestors: [{ entries: [{ keys: { publicKeys: '-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----' } }] }],
    },
    'POLICY_KEY_PLACEHOLDER',
  ],
])('%j is refused when it is read', async (entry, code) => {
  await expect(readPolicies(policy(entry))).rejects.toThrowCode(code);
});
