import type { JsonObject } from './yaml.ts';

/** Kinds that others need come first, and what denies comes last, as in Helm's own order. */
const first = ['Namespace', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'Secret', 'ConfigMap'];
const roles = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const last = ['Service', 'Deployment', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Objects in an order in which they can be applied one after another. */
export function inOrder(objects: readonly JsonObject[]): JsonObject[] {
  return objects.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind }: JsonObject): number {
  const known = [...first, ...roles];
  const at = known.indexOf(String(kind));
  if (at >= 0) return at;
  const late = last.indexOf(String(kind));
  return known.length + 1 + late;
}
