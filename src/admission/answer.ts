import { toJsonLine } from '../kit/json-text.ts';
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
      ...(outcome === 'allowed'
        ? toPatch(verdict.patches)
        : { status: { ...codes[outcome], message: verdict.message } }),
    },
  });
}

/** A JSON Patch (RFC 6902) of images; a patch that no longer fits is refused by the API server. */
function toPatch(patches: (Verdict & { readonly outcome: 'allowed' })['patches']): object {
  if (patches.length === 0) return {};
  const operations = patches.map(({ pointer, image }) => ({ op: 'replace', path: pointer, value: image }));
  return { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(operations)).toString('base64') };
}
