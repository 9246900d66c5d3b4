import { type JsonObject, textAt } from '../../model/json.ts';
import type { Policy } from '../../model/policy.ts';
import { readClusterImagePolicy } from './policy.ts';
import { readTrustRoot } from './trust-root.ts';

/** Policies, with the trust roots that they name from all documents of the dialect together. @throws POLICY_* */
export function parsePolicyController(documents: readonly JsonObject[]): Policy[] {
  const isTrustRoot = (document: JsonObject): boolean => textAt(document, 'kind') === 'TrustRoot';
  const roots = new Map(documents.filter(isTrustRoot).map(readTrustRoot));
  return documents
    .filter((document) => !isTrustRoot(document))
    .map((document) => readClusterImagePolicy(document, roots));
}
