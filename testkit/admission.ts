import type { JsonObject } from '../src/policy/index.ts';

/** An AdmissionReview as an API server sends it. */
export function reviewOf(object: JsonObject, changes: Readonly<Record<string, unknown>> = {}): JsonObject {
  const [group, version] = splitVersion(String(object['apiVersion']));
  const { name, namespace } = object['metadata'] as JsonObject;
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group, version, kind: object['kind'] },
      resource: { group, version, resource: `${String(object['kind']).toLowerCase()}s` },
      ...(name !== undefined && { name }),
      namespace,
      operation: 'CREATE',
      userInfo: { username: 'jane', groups: ['system:authenticated'] },
      object,
      oldObject: null,
      dryRun: false,
      options: null,
      ...changes,
    } as JsonObject,
  };
}

function splitVersion(apiVersion: string): [string, string] {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? ['', first] : [first, second];
}

/** A policy by which everything of r.example must be pinned, in objects of these kinds; `more` is put into its rule. */
export function pinningPolicy(kinds: readonly string[], more: JsonObject = {}): string {
  const match = { any: [{ resources: { kinds } }] };
  const verifyImages = [{ imageReferences: ['r.example/*'], required: false }];
  const rules = [{ name: 'digests', match, verifyImages, ...more }];
  return JSON.stringify({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'pin' },
    spec: { validationFailureAction: 'Enforce', rules },
  });
}

/** What an API server reads of an answer. */
export interface ReadAnswer {
  readonly uid: string;
  readonly allowed: boolean;
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
  readonly warnings?: readonly string[];
  /** The operations of the patch. */
  readonly patch: readonly { readonly op: string; readonly path: string; readonly value: string }[];
}

/** Reads an answer, and holds it to what an API server demands. */
export function readAnswer(text: string): ReadAnswer {
  const { apiVersion, kind, response } = JSON.parse(text);
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview') throw new RangeError('no AdmissionReview');
  const { patch, patchType, ...rest } = response;
  if ((patch === undefined) !== (patchType === undefined)) throw new RangeError('a patch has a type');
  return { ...rest, patch: patch === undefined ? [] : JSON.parse(Buffer.from(patch, 'base64').toString('utf8')) };
}
