import { factMissing, type JsonObject, type Need, nameOf } from '../../policy/index.ts';

/** Looks objects up among those of files; one that is not there may still be in the cluster. @throws POLICY_FACT_MISSING */
export function objectsIn(
  objects: readonly JsonObject[],
): (need: Need & { readonly kind: 'object' }) => Promise<JsonObject> {
  return async ({ objectKind, name, namespace }) => {
    const found = objects.find((object) => {
      const own = nameOf(object);
      return (
        own.kind === objectKind &&
        own.name === name &&
        (namespace === undefined || (own.namespace || 'default') === namespace)
      );
    });
    if (found === undefined) throw factMissing([objectKind, namespace, name].filter(Boolean).join(' '));
    return found;
  };
}
