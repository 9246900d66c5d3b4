import { type Clock, isAppError } from '../core/index.ts';
import { type Gather, type Policy, settle } from '../policy/index.ts';
import { within } from './deadline.ts';
import { admissionError } from './errors.ts';
import type { Review } from './review.ts';
import { isFarewell } from './unchanged.ts';
import { type Purpose, toFailure, toVerdict, type Verdict } from './verdict.ts';

/** What is judged by, and where facts come from. */
export interface AdmissionRules {
  readonly policies: readonly Policy[];
  readonly gather: Gather;
}

/** Decides a review within so many milliseconds; whatever fails, or takes longer, denies. */
export async function decide(
  { request }: Review,
  purpose: Purpose,
  { policies, gather }: AdmissionRules,
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
): Promise<Verdict> {
  if (request === undefined) return { outcome: 'allowed', patches: [], warnings: [] };
  if (request instanceof Error) return toFailure('error', request);
  if (isFarewell(request)) return { outcome: 'allowed', patches: [], warnings: [] };
  try {
    const decision = await within(milliseconds, settle({ ...request, at: clock.now() }, policies, gather));
    if (decision !== 'late') return toVerdict(decision, purpose, request);
    return toFailure(
      'timeout',
      admissionError('ADMISSION_TIMEOUT', { data: { milliseconds: Math.round(milliseconds) } }),
    );
  } catch (error) {
    return toFailure('error', isAppError(error) ? error : undefined);
  }
}
