import { policyError } from '../errors.ts';
import type { Decision } from '../model/decision.ts';
import type { Fact, Facts, Need } from '../model/need.ts';
import type { Policy } from '../model/policy.ts';
import type { PolicyRequest } from '../model/request.ts';
import { judge } from './judge.ts';

/** Finds out what is needed, and answers for each need by `needKey`. What cannot be found out is `unknown`. */
export type Gather = (needs: readonly Need[]) => Promise<Facts>;

/** One round each for digests, evidence, and objects that others lead to, with some to spare. */
const maxRounds = 8;

/** Judges a request, gathering what is needed between rounds. @throws POLICY_UNSETTLED, which whoever asks takes for a denial */
export async function settle(request: PolicyRequest, policies: readonly Policy[], gather: Gather): Promise<Decision> {
  const facts = new Map<string, Fact>();
  for (let round = 0; round < maxRounds; round++) {
    const judgement = judge(request, policies, facts);
    if (judgement.kind === 'decision') return judgement.decision;
    for (const [key, fact] of await gather(judgement.needs)) facts.set(key, fact);
  }
  throw policyError('POLICY_UNSETTLED', { data: { rounds: maxRounds } });
}
