import type { JsonObject } from '../../model/json.ts';
import type { Policy } from '../../model/policy.ts';
import { readDocument } from './document.ts';
import { makePolicy } from './policy.ts';

/** @throws POLICY_INVALID, POLICY_KEY_* */
export function parseImagePolicies(documents: readonly JsonObject[]): Policy[] {
  return documents.map((document) => makePolicy(readDocument(document)));
}
