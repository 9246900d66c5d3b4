import { isAppError } from '../core/index.ts';
import { findJsonExcess } from '../kit/json-bounds.ts';
import { repeatsKeys } from '../kit/json-keys.ts';
import type { JsonObject, PolicyRequest, RequestUser } from '../policy/index.ts';
import { invalidReview } from './errors.ts';

/** What an API server asks (admission.k8s.io/v1). */
export interface Review {
  /** Goes back with the answer. */
  readonly uid: string;
  /** An error when the rest cannot be read; undefined when there is nothing to judge, as for a deletion. */
  readonly request: Omit<PolicyRequest, 'at'> | Error | undefined;
  readonly isDryRun: boolean;
  /** For the log, as they were sent. */
  readonly told: {
    readonly operation: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

const bounds = { depth: 100, values: 1_000_000 };
const maxUid = 128;
const toldOfRequest = [
  'uid',
  'resource',
  'subResource',
  'requestKind',
  'requestResource',
  'requestSubResource',
  'dryRun',
  'options',
];
const toldOfUser = ['uid', 'extra'];
const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const;

/** Reads a review. @throws ADMISSION_REVIEW_INVALID when not even the uid can be told */
export function parseReview(bytes: Uint8Array): Review {
  const { apiVersion, kind, request } = parseJson(bytes);
  if (kind !== 'AdmissionReview' || apiVersion !== 'admission.k8s.io/v1') {
    throw invalidReview('it is no AdmissionReview of admission.k8s.io/v1');
  }
  if (!isObject(request)) throw invalidReview('it has no request');
  const uid = textOf(request['uid']);
  if (uid === '' || uid.length > maxUid) throw invalidReview('its request has no uid');
  return { uid, request: readRequest(request), isDryRun: request['dryRun'] === true, told: describe(request) };
}

function parseJson(bytes: Uint8Array): JsonObject {
  const text = decode(bytes);
  const excess = findJsonExcess(text, bounds);
  if (excess !== undefined) throw invalidReview(`its ${excess} is out of bounds`);
  try {
    const value: unknown = JSON.parse(text);
    if (repeatsKeys(text, value)) throw invalidReview('an object in it has a key twice');
    if (isObject(value)) return value;
  } catch (error) {
    if (isAppError(error)) throw error;
    throw invalidReview('it is no JSON');
  }
  throw invalidReview('it is no object');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidReview('it is no UTF-8');
  }
}

function describe(request: JsonObject): Review['told'] {
  const { operation, kind, namespace, name } = request;
  const told = isObject(kind) ? textOf(kind['kind']) : '';
  return { operation: textOf(operation), kind: told, namespace: textOf(namespace), name: textOf(name) };
}

function readRequest(request: JsonObject): Review['request'] {
  const operation = operations.find((known) => known === request['operation']);
  if (operation === undefined) return invalidReview('its operation is not known');
  // Nothing is let in by these: what is deleted is gone, and what is connected to is there.
  if (operation === 'DELETE' || operation === 'CONNECT') return undefined;
  const object = readObject(request, 'object');
  const oldObject = operation === 'UPDATE' ? readObject(request, 'oldObject') : undefined;
  const user = readUser(request['userInfo']);
  for (const part of [object, oldObject, user]) if (part instanceof Error) return part;
  const subResource = textOf(request['subResource']);
  return {
    operation,
    object: object as JsonObject,
    ...(oldObject !== undefined && { oldObject: oldObject as JsonObject }),
    ...(subResource !== '' && { subResource }),
    told: chosen(request, toldOfRequest),
    user: user as RequestUser,
  };
}

/** The object as policies see it; it must be what the request says it is, or policies would be asked about something else. */
function readObject(request: JsonObject, field: 'object' | 'oldObject'): JsonObject | Error {
  const { [field]: object, kind, namespace } = request;
  if (!isObject(object) || !isObject(kind)) return invalidReview(`its request has no ${field} or kind`);
  const [group, version] = [textOf(kind['group']), textOf(kind['version'])];
  const apiVersion = group === '' ? version : `${group}/${version}`;
  if (object['kind'] !== kind['kind'] || object['apiVersion'] !== apiVersion) {
    return invalidReview(`its ${field} is not of the kind that it says`);
  }
  const { metadata } = object;
  if (!isObject(metadata)) return invalidReview(`its ${field} has no metadata`);
  if (namespace === undefined || namespace === '' || object['kind'] === 'Namespace') return object;
  const own = metadata['namespace'] ?? namespace;
  if (typeof namespace !== 'string' || own !== namespace) {
    return invalidReview(`its ${field} is not in the namespace that it says`);
  }
  return { ...object, metadata: { ...metadata, namespace } };
}

/** Which roles somebody has is known to the cluster, and not told. */
function readUser(user: unknown): RequestUser | Error {
  if (!isObject(user)) return invalidReview('it does not say who asks');
  const groups = user['groups'] ?? [];
  if (!(Array.isArray(groups) && groups.every((group) => typeof group === 'string'))) {
    return invalidReview('its groups are no list of texts');
  }
  return { username: textOf(user['username']), groups, told: chosen(user, toldOfUser) };
}

function chosen(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(value, name) ? [[name, value[name]]] : [])));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
