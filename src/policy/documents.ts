import { type Document, parseAllDocuments } from 'yaml';
import { describeError } from '../core/index.ts';
import { findJsonExcess } from '../kit/json-bounds.ts';
import { policyError } from './errors.ts';
import { isObject, type Json, type JsonObject, listAt, textAt } from './model/json.ts';

const bounds = { aliases: 100, depth: 64, values: 1_000_000 };

/** The documents of a YAML or JSON file that are objects; members of lists of Kubernetes stand for themselves. @throws POLICY_FILE_INVALID */
export function parseDocuments(text: string, path: string): JsonObject[] {
  const invalid = (reason: string): Error => policyError('POLICY_FILE_INVALID', { data: { path, reason } });
  const excess = /^\s*[[{]/.test(text) ? findJsonExcess(text, bounds) : undefined;
  if (excess !== undefined) throw invalid(`its ${excess} is out of bounds`);
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: true, uniqueKeys: true });
    const values = (Array.isArray(documents) ? documents : []).map((document) => toValue(document, invalid));
    return values.flatMap((value) => (isObject(value) ? withMembers(value) : []));
  } catch (error) {
    // Nesting beyond what the stack holds, or too many aliases.
    if (error instanceof RangeError || error instanceof ReferenceError) throw invalid(describeError(error));
    throw error;
  }
}

function toValue(document: Document, invalid: (reason: string) => Error): Json {
  const [error] = document.errors;
  if (error !== undefined) throw invalid(error.message);
  return document.toJS({ maxAliasCount: bounds.aliases }) as Json;
}

function withMembers(value: JsonObject): JsonObject[] {
  const kind = textAt(value, 'kind') ?? '';
  if (!kind.endsWith('List') || !Array.isArray(value['items'])) return [value];
  return listAt(value, 'items').filter(isObject);
}
