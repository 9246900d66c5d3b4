import { createHash } from 'node:crypto';
import { type AdmissionRules, admissionError, FactCache, type Meter, type SharedFacts } from '../../admission/index.ts';
import { readWhole } from '../../disk/index.ts';
import { type Gather, type PolicyText, parsePolicies } from '../../policy/index.ts';
import { dialects } from '../../policy/registry.ts';
import { parseTrustedRoot, publicGoodRoot, type TrustedRoot } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import { attestedVerdicts } from '../policy/attested-verdict.ts';
import { readTexts } from '../policy/files.ts';
import { makeGatherer } from '../policy/gather.ts';
import { objectsIn } from '../policy/objects.ts';
import type { ClusterPolicies } from './cluster/accepted.ts';
import type { ClusterSource } from './cluster/source.ts';
import type { ServeAdmissionInput } from './input.ts';

/** What rules are made of. */
export interface RuleFiles {
  readonly policies: readonly PolicyText[];
  readonly trustedRoot?: Buffer;
  /** What the cluster has, where it is asked. */
  readonly cluster?: ClusterPolicies;
  /** Differs when anything does. */
  readonly identity: string;
}

/** Milliseconds after which what is asked for is given up. */
const gatherTime = 30_000;
const maxRootSize = 16 * 2 ** 20;

/** @throws DISK_* */
export async function readRuleFiles(input: ServeAdmissionInput, source?: ClusterSource): Promise<RuleFiles> {
  const cluster = await source?.policies();
  const policies = [...(await readTexts(input.policies)), ...(cluster?.texts ?? [])];
  const trustedRoot = input.trustedRoot === undefined ? undefined : await readWhole(input.trustedRoot, maxRootSize);
  const hash = createHash('sha256').update(JSON.stringify([policies, cluster?.troubles, input.compat]));
  if (trustedRoot !== undefined) hash.update(trustedRoot);
  return {
    policies,
    identity: hash.digest('hex'),
    ...(trustedRoot !== undefined && { trustedRoot }),
    ...(cluster !== undefined && { cluster }),
  };
}

/** What rules are made with, besides files. */
export interface RuleSetting {
  readonly meter: Meter;
  /** The cluster, where one is asked. */
  readonly source: ClusterSource | undefined;
  /** Facts of other replicas, under what facts depend on. */
  readonly shared: ((scope: string) => SharedFacts) | undefined;
}

/** Rules with nothing known yet, so that what another trusted root or policy vouched for counts no longer. @throws POLICY_*, ADMISSION_NO_POLICIES, TRUST_* */
export async function makeRules(
  files: RuleFiles,
  input: ServeAdmissionInput,
  context: AppContext,
  { meter, shared, source }: RuleSetting,
): Promise<AdmissionRules> {
  const parsed = await parsePolicies(files.policies, dialects.all, input.compat);
  const policies = [...parsed, ...(files.cluster?.blocking ?? [])];
  // Whoever may write policies of the cluster may take them all away.
  if (policies.length === 0 && input.cluster?.policies !== true)
    throw admissionError('ADMISSION_NO_POLICIES', { data: { paths: input.policies.join(', ') } });
  const root = await (files.trustedRoot === undefined ? publicGoodRoot() : parseTrustedRoot(files.trustedRoot));
  const scope = JSON.stringify([files.identity, root, input.layouts ?? {}]);
  const cache = new FactCache(makeGather(root, input, context, source), {
    clock: context.clock,
    meter,
    ...(shared !== undefined && { shared: shared(createHash('sha256').update(scope).digest('hex')) }),
  });
  const { rolesOf } = source ?? {};
  const asksForRoles = files.policies.some(({ text }) => /\b(roles|clusterRoles)\b/.test(text));
  return { policies, gather: cache.gather, ...(asksForRoles && rolesOf !== undefined && { rolesOf }) };
}

/** Each gathering looks anew, and ends with its own time: a request that is given up leaves what it asked for to the next. */
function makeGather(
  root: TrustedRoot,
  { layouts = {} }: ServeAdmissionInput,
  context: AppContext,
  source: ClusterSource | undefined,
): Gather {
  const object = source?.object ?? objectsIn([]);
  const sources = { trustedRoot: async () => root, layouts, object, verdict: attestedVerdicts() };
  return (needs) => makeGatherer(sources, { ...context, signal: AbortSignal.timeout(gatherTime) })(needs);
}
