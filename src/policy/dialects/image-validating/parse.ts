import { type JsonObject, textAt } from '../../model/json.ts';
import type { Policy } from '../../model/policy.ts';
import { readException } from './exceptions.ts';
import { readPolicy } from './policy.ts';

/** Policies and their exceptions, from all documents of the dialect together. @throws POLICY_* */
export function parseImageValidating(documents: readonly JsonObject[]): Policy[] {
  const isException = (document: JsonObject): boolean => textAt(document, 'kind') === 'PolicyException';
  const exceptions = documents.filter(isException);
  return documents
    .filter((document) => !isException(document))
    .map((document) => readPolicy(document, (compile) => exceptions.map((one) => readException(one, compile))));
}
