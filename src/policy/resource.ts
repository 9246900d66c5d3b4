import { podSpecs } from './images/extract.ts';
import { at, isObject, type JsonObject } from './model/json.ts';
import { nameOf } from './model/object-name.ts';

/** An object of a file as an API server would have it: what makes pods is in a namespace, `default` unless it says so. */
export function toAdmitted(object: JsonObject): JsonObject {
  const { kind, namespace } = nameOf(object);
  if (namespace !== '' || !Object.hasOwn(podSpecs, kind)) return object;
  const metadata = at(object, 'metadata');
  return { ...object, metadata: { ...(isObject(metadata) && metadata), namespace: 'default' } };
}
