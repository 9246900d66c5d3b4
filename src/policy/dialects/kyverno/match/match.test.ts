import { expect, test } from 'vitest';
import { judgeBy, podOf, workloadOf } from '../../../../../testkit/policy.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { PolicyRequest } from '../../../model/request.ts';

const policy = (match: string, more = ''): string => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p, annotations: {pod-policies.kyverno.io/autogen-controllers: none}}
spec:
  validationFailureAction: Enforce
  rules:
  - name: r
    match: ${match}
    ${more}
    verifyImages:
    - {imageReferences: ["*"], mutateDigest: false}
`;

/** Whether the rule is about the request: the image has no digest, so that it fails then. */
async function isAbout(match: string, request: Partial<PolicyRequest> & { object: JsonObject }, more = '') {
  const { results } = await judgeBy(policy(match, more), request, { objects: [namespace] });
  return results.length > 0;
}

const namespace: JsonObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { team: 'a', env: 'prod' } },
};
const pod = podOf(['app:1'], { labels: { app: 'web' }, annotations: { note: 'x' } });
const deployment = workloadOf('Deployment', 'apps/v1', ['app:1']);

test.each([
  ['Pod', true],
  ['v1/Pod', true],
  ['*/Pod', true],
  ['apps/v1/Pod', false],
  ['v2/Pod', false],
  ['P?d', true],
  ['pod', false],
  ['Deployment', false],
  ['Pod/exec', false],
])('the kind %s names a pod: %s', async (kind, expected) => {
  expect(await isAbout(`{any: [{resources: {kinds: ["${kind}"]}}]}`, { object: pod })).toBe(expected);
});

test.each([
  ['Deployment', true],
  ['apps/v1/Deployment', true],
  ['apps/*/Deploy*', true],
  ['v1/Deployment', false],
  ['Deployment.scale', false],
])('the kind %s names a deployment: %s', async (kind, expected) => {
  expect(await isAbout(`{any: [{resources: {kinds: ["${kind}"]}}]}`, { object: deployment })).toBe(expected);
});

test('containers added to a running pod are those of a pod', async () => {
  const request = { object: pod, subResource: 'ephemeralcontainers', operation: 'UPDATE' } as const;
  expect(await isAbout('{any: [{resources: {kinds: [Pod]}}]}', request)).toBe(true);
  expect(await isAbout('{any: [{resources: {kinds: [Pod/ephemeralcontainers]}}]}', request)).toBe(true);
  expect(await isAbout('{any: [{resources: {kinds: [Pod/exec]}}]}', request)).toBe(false);
});

test.each([
  ['{any: [{resources: {names: ["p*"]}}]}', true],
  ['{any: [{resources: {name: "q*"}}]}', false],
  ['{any: [{resources: {namespaces: ["sh?p", x]}}]}', true],
  ['{any: [{resources: {namespaces: [x]}}]}', false],
  ['{any: [{resources: {annotations: {"n*": "?"}}}]}', true],
  ['{any: [{resources: {annotations: {note: y}}}]}', false],
  ['{any: [{resources: {selector: {matchLabels: {"a*": "w*"}}}}]}', true],
  ['{any: [{resources: {selector: {matchExpressions: [{key: app, operator: In, values: [db]}]}}}]}', false],
  ['{any: [{resources: {selector: {matchExpressions: [{key: app, operator: NotIn, values: [db]}]}}}]}', true],
  ['{any: [{resources: {selector: {matchExpressions: [{key: app, operator: Exists}]}}}]}', true],
  ['{any: [{resources: {selector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}}]}', false],
  ['{any: [{resources: {namespaceSelector: {matchLabels: {team: a}}}}]}', true],
  ['{any: [{resources: {namespaceSelector: {matchLabels: {team: b}}}}]}', false],
  ['{any: [{resources: {operations: [CREATE]}}]}', true],
  ['{any: [{resources: {operations: [UPDATE]}}]}', false],
  ['{any: [{resources: {kinds: [Job]}}, {resources: {kinds: [Pod]}}]}', true],
  ['{all: [{resources: {kinds: [Pod]}}, {resources: {namespaces: [x]}}]}', false],
  ['{all: [{resources: {kinds: [Pod]}}, {resources: {namespaces: [shop]}}]}', true],
  ['{resources: {kinds: [Pod], namespaces: [shop]}}', true],
])('match %s: %s', async (match, expected) => {
  expect(await isAbout(match, { object: pod })).toBe(expected);
});

test.each([
  ['exclude: {any: [{resources: {namespaces: [shop]}}]}', false],
  ['exclude: {any: [{resources: {namespaces: [x]}}]}', true],
  ['exclude: {all: [{resources: {namespaces: [shop]}}, {resources: {names: [x]}}]}', true],
  ['exclude: {any: [{resources: {namespaceSelector: {matchLabels: {env: prod}}}}]}', false],
  ['exclude: {any: [{subjects: [{kind: User, name: "*"}]}]}', true],
  ['exclude: {any: [{clusterRoles: [cluster-admin]}]}', true],
])('%s keeps the rule: %s', async (exclude, expected) => {
  expect(await isAbout('{any: [{resources: {kinds: [Pod]}}]}', { object: pod }, exclude)).toBe(expected);
});

test('labels of a namespace that nobody can tell match what a rule is for, and never what it leaves out', async () => {
  const selector = '{resources: {namespaceSelector: {matchLabels: {team: b}}}}';
  const elsewhere = podOf(['app:1'], { namespace: 'other' });
  expect(await isAbout(`{any: [${selector}]}`, { object: elsewhere })).toBe(true);
  const exclude = `exclude: {any: [${selector}]}`;
  expect(await isAbout('{any: [{resources: {kinds: [Pod]}}]}', { object: elsewhere }, exclude)).toBe(true);
});

test.each([
  ['{subjects: [{kind: ServiceAccount, namespace: ci, name: bot}]}', true],
  ['{subjects: [{kind: ServiceAccount, namespace: x, name: bot}]}', false],
  ['{subjects: [{kind: Group, name: "dev*"}]}', true],
  ['{subjects: [{kind: User, name: "someone"}]}', false],
  ['{roles: ["shop:editor"]}', true],
  ['{roles: ["shop:viewer"]}', false],
  ['{clusterRoles: [view], subjects: [{kind: Group, name: devs}]}', true],
  ['{clusterRoles: [admin]}', false],
])('who asks: %s is %s', async (filter, expected) => {
  const user = {
    username: 'system:serviceaccount:ci:bot',
    groups: ['devs'],
    roles: ['shop:editor'],
    clusterRoles: ['view'],
  };
  expect(await isAbout(`{any: [${filter}]}`, { object: pod, user })).toBe(expected);
});

test.each([
  ['{any: [{resources: {kinds: [Pod]}}], all: []}', 'both'],
  ['{any: [{resources: {}}]}', 'an empty filter'],
  ['{any: [{subjects: [{kind: Robot, name: x}]}]}', 'none of'],
  ['{any: [{resources: {kinds: Pod}}]}', 'not a list'],
  ['{}', 'missing'],
])('%s is not valid', async (match, why) => {
  await expect(judgeBy(policy(match), { object: pod })).rejects.toThrow(why);
});
