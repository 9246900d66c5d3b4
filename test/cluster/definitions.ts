import { expect, vi } from 'vitest';
import type { ControlPlane } from './control-plane.ts';

const kinds: readonly Definition[] = [
  ['kyverno.io', 'v1', 'clusterpolicies', 'ClusterPolicy', 'Cluster'],
  ['kyverno.io', 'v1', 'policies', 'Policy', 'Namespaced'],
  ['kyverno.io', 'v2', 'policyexceptions', 'PolicyException', 'Namespaced'],
  ['policy.sigstore.dev', 'v1beta1', 'clusterimagepolicies', 'ClusterImagePolicy', 'Cluster'],
  ['policy.sigstore.dev', 'v1alpha1', 'trustroots', 'TrustRoot', 'Cluster'],
];

type Definition = readonly [
  group: string,
  version: string,
  plural: string,
  kind: string,
  scope: 'Cluster' | 'Namespaced',
];

/** Has the API server keep policies, with members of any kind. */
export async function defineKinds(plane: ControlPlane): Promise<void> {
  for (const kind of kinds) await defineKind(plane, kind);
}

/** Has the API server keep objects of a kind, and waits until it does. */
export async function defineKind(
  { call }: ControlPlane,
  [group, version, plural, kind, scope]: Definition,
): Promise<void> {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const names = { plural, kind, singular: kind.toLowerCase() };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope, names, versions: [{ name: version, served: true, storage: true, schema }] },
  };
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  expect(await call('POST', path, definition)).toMatchObject({ status: 201 });
  await vi.waitFor(
    async () => expect(await call('GET', `/apis/${group}/${version}/${plural}`)).toMatchObject({ status: 200 }),
    { timeout: 30_000, interval: 200 },
  );
}
