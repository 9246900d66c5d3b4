import type { JsonObject } from '../../../model/json.ts';
import { nameOf } from '../../../model/object-name.ts';
import type { Scope } from '../../../model/policy.ts';
import type { PolicyRequest, RequestUser } from '../../../model/request.ts';
import { serviceAccountOf } from '../../../model/service-account.ts';
import { imagesValue } from './images-value.ts';

/** What variables of a rule stand for: the request, who asks, and the images of the object. */
export function requestScope(request: PolicyRequest): Scope {
  const { object, oldObject, operation, user, at } = request;
  const { namespace, name, kind, group, version } = nameOf(object);
  const account = serviceAccountOf(user?.username ?? '');
  const values: JsonObject = {
    request: {
      ...request.told,
      object,
      ...(oldObject !== undefined && { oldObject }),
      operation,
      namespace,
      name,
      kind: { group, version, kind },
      roles: user?.roles ?? [],
      clusterRoles: user?.clusterRoles ?? [],
      userInfo: { ...user?.told, username: user?.username ?? '', groups: user?.groups ?? [] },
    },
    serviceAccountName: account.name,
    serviceAccountNamespace: account.namespace,
    images: imagesValue(object),
  };
  return { now: at, values, untold: untoldOf(user) };
}

/** Kyverno looks up which roles somebody has; that a list is empty must not follow from nobody having looked. */
function untoldOf(user: RequestUser | undefined): NonNullable<Scope['untold']> {
  if (user === undefined) return {};
  const missing = (['roles', 'clusterRoles'] as const).filter((name) => user[name] === undefined);
  return missing.length === 0 ? {} : { request: missing };
}
