import { type JsonObject, textAt } from './json.ts';
import type { ObjectName } from './request.ts';

/** What an object is called; one that has yet to be named is known by the start of its name. */
export function nameOf(object: JsonObject): ObjectName {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const kind = textAt(object, 'kind') ?? '';
  const name = textAt(object, 'metadata', 'name') ?? textAt(object, 'metadata', 'generateName') ?? '';
  return {
    group: apiVersion.slice(0, Math.max(slash, 0)),
    version: apiVersion.slice(slash + 1),
    kind,
    name,
    // A namespace is in itself, so that policies for a namespace hold for it too.
    namespace: kind === 'Namespace' ? name : (textAt(object, 'metadata', 'namespace') ?? ''),
  };
}

/** `namespace/Kind/name`, the namespace only where there is one. */
export function formatObjectName({ namespace, kind, name }: ObjectName): string {
  return [namespace, kind, name].filter((part) => part !== '').join('/');
}
