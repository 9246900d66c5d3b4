import { stringify } from 'yaml';
import type { PolicyDialect } from '../dialect.ts';
import { parseDocuments } from '../documents.ts';
import { policyError } from '../errors.ts';
import type { PolicyText } from '../parse-policies.ts';
import type { PortablePolicy } from './portable.ts';
import { notConvertible } from './refuse.ts';

/** The policies of a file in another dialect, as YAML. @throws POLICY_NOT_CONVERTIBLE, POLICY_* */
export async function convertPolicies(
  { path, text }: PolicyText,
  to: string,
  dialects: readonly PolicyDialect[],
): Promise<string> {
  const documents = parseDocuments(text, path);
  const policies: PortablePolicy[] = [];
  for (const dialect of dialects) {
    const own = documents.filter((document) => dialect.recognizes(document));
    if (own.length === 0) continue;
    if (dialect.convert === undefined) throw notConvertible(path, 'its dialect', `is that of ${dialect.title}`);
    policies.push(...(await dialect.convert()).read(own));
  }
  if (policies.length === 0) {
    const known = dialects.map(({ title }) => title).join('; ');
    throw policyError('POLICY_DIALECT_UNKNOWN', { data: { path, dialects: known } });
  }
  const target = await dialects.find(({ id }) => id === to)?.convert?.();
  if (target === undefined) throw notConvertible(path, '--to', `"${to}" is no dialect that policies are converted to`);
  return target
    .write(policies)
    .map((document) => stringify(document))
    .join('---\n');
}
