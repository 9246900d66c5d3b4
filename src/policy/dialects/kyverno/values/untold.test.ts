import { expect, test } from 'vitest';
import { clusterPolicy, judgeBy, podOf } from '../../../../../testkit/policy.ts';
import type { RequestUser } from '../../../model/request.ts';

const jane: RequestUser = { username: 'jane', groups: [] };
const condition = (key: unknown, operator = 'AnyIn', value: unknown = ['admin']) => ({ key, operator, value });

/** What a rule that nothing satisfies comes to, with a user whose roles were not told. */
async function outcomeOf(rule: object, { user = jane, spec = {} }: { user?: RequestUser; spec?: object } = {}) {
  const entries = [{ keyless: { subject: 'a', issuer: 'b' } }];
  const policy = clusterPolicy({ attestors: [{ entries }] }, spec, rule);
  const { results, allowed } = await judgeBy(JSON.stringify(policy), { object: podOf(['a:1']), user });
  return `${results[0]?.outcome} ${allowed ? 'allowed' : 'denied'}`;
}

test.each([
  ['the list itself', '{{ request.clusterRoles }}'],
  ['roles of namespaces', '{{ request.roles }}'],
  ['a fallback', "{{ request.clusterRoles[0] || 'nobody' }}"],
  ['a function of the library', "{{ contains(request.roles, 'admin') }}"],
  ['a function over the whole', "{{ to_string(request) || 'nobody' }}"],
  ['a function of Kyverno', "{{ items(request, 'k', 'v') || 'nobody' }}"],
  ['all members', '{{ request.* }}'],
  ['the whole request', '{{ request }}'],
  ['the root', '{{ @ }}'],
  ['a filter', "{{ [request][?contains(clusterRoles, 'admin')] }}"],
  ['a text with more', 'x-{{ request.clusterRoles[0] }}'],
])('a rule whose conditions hang on roles is about the request: %s', async (_, key) => {
  expect(await outcomeOf({ preconditions: { all: [condition(key)] } })).toBe('fail denied');
  expect(await outcomeOf({ preconditions: { any: [condition(key)] } })).toBe('fail denied');
});

test('what else decides counts', async () => {
  const roles = condition('{{ request.clusterRoles }}');
  const [holds, fails] = [condition('{{ request.name }}', 'Equals', 'pod'), condition('a', 'Equals', 'b')];
  expect(await outcomeOf({ preconditions: { all: [roles, fails] } })).toBe('skip allowed');
  expect(await outcomeOf({ preconditions: { all: [holds], any: [roles, fails] } })).toBe('fail denied');
  expect(await outcomeOf({ preconditions: { any: [fails] } })).toBe('skip allowed');
  const known = { ...jane, roles: [], clusterRoles: ['edit'] };
  expect(await outcomeOf({ preconditions: { all: [roles] } }, { user: known })).toBe('skip allowed');
});

test.each([
  { jmesPath: 'request.clusterRoles', default: [] },
  { value: '{{ request.clusterRoles }}', default: [] },
  { jmesPath: "length(request.clusterRoles) || 'x'" },
  { jmesPath: 'request' },
])('a variable made of roles denies, whatever the policy says of what cannot be judged: %j', async (variable) => {
  const rule = { context: [{ name: 'mine', variable }] };
  expect(await outcomeOf(rule, { spec: { failurePolicy: 'Ignore' } })).toBe('error denied');
});

test('an exception for some roles frees nobody', async () => {
  const exception = {
    apiVersion: 'kyverno.io/v2',
    kind: 'PolicyException',
    metadata: { name: 'e' },
    spec: {
      exceptions: [{ policyName: 'p', ruleNames: ['r'] }],
      match: { any: [{ resources: { kinds: ['Pod'] } }] },
      conditions: { all: [condition('{{ request.clusterRoles }}', 'AnyNotIn')] },
    },
  };
  const policy = JSON.stringify(clusterPolicy({ attestors: [{ entries: [{ keyless: { subject: 'a' } }] }] }));
  const both = `${policy}\n---\n${JSON.stringify(exception)}`;
  expect((await judgeBy(both, { object: podOf(['a:1']), user: jane })).allowed).toBe(false);
});
