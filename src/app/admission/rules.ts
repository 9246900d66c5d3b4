import { createHash } from 'node:crypto';
import { type AdmissionRules, admissionError, FactCache } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import { type Gather, type PolicyText, parsePolicies } from '../../policy/index.ts';
import { dialects } from '../../policy/registry.ts';
import { parseTrustedRoot, publicGoodRoot, type TrustedRoot } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import { readTexts } from '../policy/files.ts';
import { makeGatherer } from '../policy/gather.ts';
import { objectsIn } from '../policy/objects.ts';
import type { ServeAdmissionInput } from './input.ts';

/** What rules are made of. */
export interface RuleFiles {
  readonly policies: readonly PolicyText[];
  readonly trustedRoot?: Buffer;
  /** Differs when anything does. */
  readonly identity: string;
}

/** Milliseconds after which what is asked for is given up. */
const gatherTime = 30_000;
const maxRootSize = 16 * 2 ** 20;

/** @throws DISK_* */
export async function readRuleFiles(input: ServeAdmissionInput): Promise<RuleFiles> {
  const policies = await readTexts(input.policies);
  const trustedRoot = input.trustedRoot === undefined ? undefined : await readWhole(input.trustedRoot, maxRootSize);
  const hash = createHash('sha256').update(JSON.stringify(policies));
  if (trustedRoot !== undefined) hash.update(trustedRoot);
  return { policies, identity: hash.digest('hex'), ...(trustedRoot !== undefined && { trustedRoot }) };
}

/** Rules with nothing known yet, so that what another trusted root or policy vouched for counts no longer. @throws POLICY_*, ADMISSION_NO_POLICIES, TRUST_* */
export async function makeRules(
  files: RuleFiles,
  input: ServeAdmissionInput,
  context: AppContext,
): Promise<AdmissionRules> {
  const policies = await parsePolicies(files.policies, dialects.all);
  if (policies.length === 0)
    throw admissionError('ADMISSION_NO_POLICIES', { data: { paths: input.policies.join(', ') } });
  const root = files.trustedRoot === undefined ? publicGoodRoot() : parseTrustedRoot(files.trustedRoot);
  const cache = new FactCache(makeGather(await root, input, context), { clock: context.clock });
  return { policies, gather: cache.gather };
}

/** Each gathering looks anew, and ends with its own time: a request that is given up leaves what it asked for to the next. */
function makeGather(root: TrustedRoot, { layouts = {} }: ServeAdmissionInput, context: AppContext): Gather {
  const sources = { trustedRoot: async () => root, layouts, object: objectsIn([]) };
  return (needs) => makeGatherer(sources, { ...context, signal: AbortSignal.timeout(gatherTime) })(needs);
}
