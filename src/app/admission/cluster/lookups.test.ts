import { expect, test } from 'vitest';
import { fixedClock } from '../../../../testkit/context.ts';
import { accessTo, startApiServer } from '../../../../testkit/kube.ts';
import { type KubeObject, makeKubeClient } from '../../../kube/index.ts';
import type { RequestUser } from '../../../policy/index.ts';
import { objectsOfCluster } from './objects.ts';
import { rolesFrom } from './roles.ts';

const path = '/api/v1/namespaces/shop/configmaps';

test('objects are looked up once in five seconds; what fails is asked again', async () => {
  const server = await startApiServer([path]);
  let time = 0;
  const clock = { now: () => new Date(time) };
  const client = makeKubeClient(accessTo(server, 'x'), { clock: fixedClock('2026-06-01T12:00:00Z'), environment: {} });
  const find = objectsOfCluster(client, clock);
  const need = { kind: 'object', apiVersion: 'v1', objectKind: 'ConfigMap', namespace: 'shop', name: 'a' } as const;
  expect(await find(need)).toBeUndefined();
  server.put(path, { metadata: { name: 'a', namespace: 'shop' }, data: { x: '1' } });
  expect(await find(need)).toBeUndefined();
  time = 5000;
  expect(await Promise.all([find(need), find(need)])).toMatchObject([{ data: { x: '1' } }, { data: { x: '1' } }]);
  expect(server.seen).toHaveLength(2);
  time = 10_000;
  server.fail(/./, 403);
  await expect(find(need)).rejects.toThrowCode('KUBE_REFUSED');
  expect(await find(need)).toMatchObject({ data: { x: '1' } });
  await expect(find({ ...need, objectKind: 'Widget' })).rejects.toThrowCode('POLICY_FACT_MISSING');
});

const binding = (roleRef: object, subjects: readonly object[], namespace?: string): KubeObject => ({
  metadata: { name: 'b', ...(namespace !== undefined && { namespace }) },
  roleRef,
  subjects,
});
const bindings = [
  binding({ kind: 'Role', name: 'editor' }, [{ kind: 'User', name: 'jane' }], 'shop'),
  binding({ kind: 'ClusterRole', name: 'view' }, [{ kind: 'Group', name: 'devs' }], 'shop'),
  binding({ kind: 'ClusterRole', name: 'admin' }, [{ kind: 'ServiceAccount', name: 'ci', namespace: 'build' }]),
  binding({ kind: 'Role', name: 'runner' }, [{ kind: 'ServiceAccount', name: 'ci' }], 'build'),
  { metadata: { name: 'strange' }, subjects: 'none' },
];

test.each<[string, RequestUser, readonly string[], readonly string[]]>([
  ['a person', { username: 'jane', groups: [] }, ['shop:editor'], []],
  ['somebody of a group', { username: 'joe', groups: ['devs'] }, [], ['view']],
  ['an account', { username: 'system:serviceaccount:build:ci', groups: [] }, ['build:runner'], ['admin']],
  ['a group called like a person', { username: 'x', groups: ['jane'] }, [], []],
])('the roles of %s', (_, user, roles, clusterRoles) => {
  expect(rolesFrom(bindings, user)).toEqual({ roles, clusterRoles });
});
