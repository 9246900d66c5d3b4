import { type Reason, toReason, type VerifyAnswer } from './answer.ts';
import { verifyError } from './errors.ts';
import type { VerifyPolicy } from './policy.ts';

/** The answer by the first of several policies that accepts; else why none does. `about` is what they were for. */
export async function firstAccepted(
  policies: readonly VerifyPolicy[],
  verify: (policy: VerifyPolicy) => Promise<VerifyAnswer>,
  about: string,
): Promise<VerifyAnswer> {
  const reasons: Reason[] = [];
  for (const policy of policies) {
    const answer = await verify(policy);
    if (answer.outcome === 'verified') return answer;
    reasons.push(...answer.reasons);
  }
  const [first = toReason(verifyError('VERIFY_NOBODY_TRUSTED', { data: { repository: about } })), ...more] = reasons;
  return { outcome: 'not-verified', reasons: [first, ...more] };
}
