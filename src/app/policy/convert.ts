import { convertPolicies } from '../../policy/index.ts';
import { dialects } from '../../policy/registry.ts';
import { readTexts } from './files.ts';

/** @throws POLICY_NOT_CONVERTIBLE, POLICY_*, DISK_* */
export async function convertFile(path: string, to: string): Promise<string> {
  const texts = await readTexts([path]);
  const written = await Promise.all(texts.map((text) => convertPolicies(text, to, dialects.all)));
  return written.join('---\n');
}
