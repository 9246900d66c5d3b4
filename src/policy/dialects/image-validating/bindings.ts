import type { Asks } from '../../judge/asks.ts';
import type { Fields } from '../../model/fields.ts';
import { nameOf } from '../../model/object-name.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { resourceOf } from '../../model/resources.ts';
import type { Bindings } from './cel/compile.ts';
import { toCel } from './cel/values.ts';

/** What expressions know of a request. The object of its namespace is looked up where an expression of the policy names it. */
export type BindRequest = (request: PolicyRequest, asks: Asks) => Bindings | undefined;

/** Undefined while the namespace must be asked for. */
export function makeBindings(spec: Fields): BindRequest {
  const needsNamespace = JSON.stringify(spec.value).includes('namespaceObject');
  return (request, asks) => {
    const known = requestBindings(request);
    if (!needsNamespace) return known;
    const namespace = namespaceOf(nameOf(request.object).namespace, asks);
    return namespace && { ...known, ...namespace };
  };
}

function requestBindings(request: PolicyRequest): Bindings {
  const { object, oldObject, operation, subResource = '', user } = request;
  const { group, version, kind, name, namespace } = nameOf(object);
  return {
    object: toCel(object),
    oldObject: toCel(oldObject ?? null),
    request: toCel({
      kind: { group, version, kind },
      resource: { group, version, resource: resourceOf(kind) },
      subResource,
      operation,
      name,
      namespace,
      object,
      ...(oldObject !== undefined && { oldObject }),
      userInfo: { username: user?.username ?? '', groups: user?.groups ?? [] },
    }),
  };
}

/** One that cannot be had has no value, so that whatever looks at it fails. */
function namespaceOf(name: string, asks: Asks): Bindings | undefined {
  if (name === '') return { namespaceObject: null };
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name });
  if (fact === undefined) return undefined;
  return fact.kind === 'object' && fact.object !== undefined ? { namespaceObject: toCel(fact.object) } : {};
}
