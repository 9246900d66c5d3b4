import { makeCompat } from './compat.ts';
import type { PolicyDialect } from './dialect.ts';
import { parseDocuments } from './documents.ts';
import { policyError } from './errors.ts';
import type { JsonObject } from './model/json.ts';
import type { Policy } from './model/policy.ts';

/** A file with policies. */
export interface PolicyText {
  /** For messages. */
  readonly path: string;
  readonly text: string;
}

/** The policies of all files, in the order of dialects; `compat` names behaviours of peers to keep. Every file must have one. @throws POLICY_* */
export async function parsePolicies(
  files: readonly PolicyText[],
  dialects: readonly PolicyDialect[],
  compat: readonly string[] = [],
): Promise<readonly Policy[]> {
  const known = new Map<PolicyDialect, JsonObject[]>();
  for (const { path, text } of files) {
    const documents = parseDocuments(text, path);
    const found = documents.flatMap((document) => {
      const dialect = dialects.find(({ recognizes }) => recognizes(document));
      return dialect === undefined ? [] : [{ dialect, document }];
    });
    if (found.length === 0) {
      const titles = dialects.map(({ title }) => title).join('; ');
      throw policyError('POLICY_DIALECT_UNKNOWN', { data: { path, dialects: titles } });
    }
    for (const { dialect, document } of found) known.set(dialect, [...(known.get(dialect) ?? []), document]);
  }
  const all = dialects.map(async (dialect) => {
    const documents = known.get(dialect);
    return documents === undefined ? [] : (await dialect.load())(documents, makeCompat(compat));
  });
  return (await Promise.all(all)).flat();
}
