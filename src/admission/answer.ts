import { toJsonLine } from '../kit/json-text.ts';
import type { PatchOperation } from './patch.ts';
import type { Verdict } from './verdict.ts';

const codes = {
  denied: { code: 403, reason: 'Forbidden' },
  error: { code: 500, reason: 'InternalError' },
  timeout: { code: 504, reason: 'Timeout' },
} as const;

/** The AdmissionReview that goes back (admission.k8s.io/v1). */
export function toAnswer(uid: string, verdict: Verdict): string {
  const { warnings, outcome } = verdict;
  return toJsonLine({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid,
      allowed: outcome === 'allowed',
      ...(warnings.length > 0 && { warnings }),
      ...(outcome === 'allowed' ? toPatch(verdict) : { status: { ...codes[outcome], message: verdict.message } }),
    },
  });
}

/** A JSON Patch (RFC 6902); one that no longer fits is refused by the API server. */
function toPatch({ patches, operations = [] }: Verdict & { readonly outcome: 'allowed' }): object {
  const all: PatchOperation[] = [
    ...patches.map(({ pointer, image }) => ({ op: 'replace' as const, path: pointer, value: image })),
    ...operations,
  ];
  if (all.length === 0) return {};
  return { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(all)).toString('base64') };
}
