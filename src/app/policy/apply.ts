import { once } from '../../kit/memoize.ts';
import {
  type JsonObject,
  type Policy,
  type PolicyReport,
  parseDocuments,
  parsePolicies,
  settle,
  toAdmitted,
} from '../../policy/index.ts';
import { dialects } from '../../policy/registry.ts';
import type { AppContext } from '../context.ts';
import { readTrust } from '../verify/policy.ts';
import { attestedVerdicts } from './attested-verdict.ts';
import { readTexts } from './files.ts';
import { makeGatherer } from './gather.ts';
import type { ApplyPoliciesInput } from './input.ts';
import { objectsIn } from './objects.ts';

/** Judges the objects of files by the policies of files. @throws POLICY_*, DISK_* */
export async function applyToFiles(input: ApplyPoliciesInput, context: AppContext): Promise<PolicyReport> {
  const policies = await readPolicies(input.policies, input.compat);
  const texts = await readTexts(input.resources ?? []);
  const read = texts.flatMap(({ text, path }) => parseDocuments(text, path)).filter(isObjectOfCluster);
  const objects = [...read.map(toAdmitted), ...(input.objects ?? [])];
  const gather = makeGatherer(
    {
      trustedRoot: once(() => readTrust(input, context)),
      layouts: input.layouts ?? {},
      object: objectsIn(objects),
      verdict: attestedVerdicts(),
    },
    context,
  );
  const at = context.clock.now();
  const decisions = [];
  for (const object of objects) decisions.push(await settle({ operation: 'CREATE', object, at }, policies, gather));
  return { at, policies, decisions };
}

/** Policies in the same file are none of the objects that they are about. */
function isObjectOfCluster(document: JsonObject): boolean {
  const isNamed = typeof document['kind'] === 'string' && typeof document['apiVersion'] === 'string';
  return isNamed && !dialects.all.some(({ recognizes }) => recognizes(document));
}

/** The policies of files, with what is worth knowing of each. @throws POLICY_*, DISK_* */
export async function readPolicies(
  paths: readonly string[],
  compat: readonly string[] = [],
): Promise<readonly Policy[]> {
  return parsePolicies(await readTexts(paths), dialects.all, compat);
}
