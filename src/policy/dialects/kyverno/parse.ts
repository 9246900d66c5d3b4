import type { Compat } from '../../compat.ts';
import type { JsonObject } from '../../model/json.ts';
import { textAt } from '../../model/json.ts';
import type { Policy } from '../../model/policy.ts';
import { readException } from './exceptions.ts';
import { readPolicy } from './policy.ts';

/** Policies and their exceptions, from all documents of the dialect together. @throws POLICY_* */
export function parseKyverno(documents: readonly JsonObject[], compat: Compat): Policy[] {
  const isException = (document: JsonObject): boolean => textAt(document, 'kind') === 'PolicyException';
  const exceptions = documents.filter(isException).map(readException);
  return documents
    .filter((document) => !isException(document))
    .map((document) => readPolicy(document, exceptions, compat));
}
