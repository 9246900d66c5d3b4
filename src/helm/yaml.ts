import { parseAllDocuments } from 'yaml';
import { describeError } from '../core/index.ts';
import { findJsonExcess } from '../kit/json-bounds.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

const bounds = { aliases: 100, depth: 64, values: 100_000 };

/** The values of all documents of a YAML text; `invalid` makes the error of what is none. */
export function readYaml(text: string, invalid: (reason: string, cause?: unknown) => Error): Json[] {
  const excess = findJsonExcess(text, bounds);
  if (excess !== undefined) throw invalid(`its ${excess} is out of bounds`);
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: true });
    const found = Array.isArray(documents) ? documents : [];
    const [error] = found.flatMap(({ errors }) => errors);
    if (error !== undefined) throw invalid(error.message, error);
    return found.map((document) => document.toJS({ maxAliasCount: bounds.aliases }) as Json);
  } catch (error) {
    // Nesting beyond what the stack holds, or too many aliases.
    if (error instanceof RangeError || error instanceof ReferenceError) throw invalid(describeError(error), error);
    throw error;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
