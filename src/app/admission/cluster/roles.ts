import type { KubeObject } from '../../../kube/index.ts';
import type { RequestUser } from '../../../policy/index.ts';

/** The roles of somebody, as bindings give them. */
export type RolesOf = (user: RequestUser) => Required<Pick<RequestUser, 'roles' | 'clusterRoles'>> | undefined;

interface Subject {
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly namespace?: unknown;
}

/**
 * Roles by RoleBindings and ClusterRoleBindings, as Kyverno tells them: a role by `namespace:name`, a cluster role by its name wherever it is
 * bound.
 */
export function rolesFrom(bindings: readonly KubeObject[], user: RequestUser): ReturnType<RolesOf> {
  const roles = new Set<string>();
  const clusterRoles = new Set<string>();
  for (const binding of bindings) {
    const { kind, name } = (binding['roleRef'] ?? {}) as { kind?: unknown; name?: unknown };
    const namespace = binding.metadata.namespace ?? '';
    if (typeof name !== 'string' || !subjectsOf(binding).some((subject) => names(subject, user, namespace))) continue;
    if (kind === 'ClusterRole') clusterRoles.add(name);
    else roles.add(`${namespace}:${name}`);
  }
  return { roles: [...roles], clusterRoles: [...clusterRoles] };
}

function subjectsOf({ subjects }: KubeObject): readonly Subject[] {
  return Array.isArray(subjects) ? subjects.filter((subject) => typeof subject === 'object' && subject !== null) : [];
}

function names({ kind, name, namespace }: Subject, { username, groups }: RequestUser, own: string): boolean {
  if (kind === 'User') return name === username;
  if (kind === 'Group') return typeof name === 'string' && groups.includes(name);
  return kind === 'ServiceAccount' && username === `system:serviceaccount:${namespace ?? own}:${String(name)}`;
}
