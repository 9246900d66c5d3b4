import { type Clock, isAppError } from '../core/index.ts';
import { type Gather, type Policy, type RequestUser, settle } from '../policy/index.ts';
import { within } from './deadline.ts';
import { admissionError } from './errors.ts';
import type { Review } from './review.ts';
import { isFarewell } from './unchanged.ts';
import { type Purpose, toFailure, toVerdict, type Verdict } from './verdict.ts';

/** What is judged by, and where facts come from. */
export interface AdmissionRules {
  readonly policies: readonly Policy[];
  readonly gather: Gather;
  /** The roles of somebody, where they are asked for; undefined when nobody can tell. */
  readonly rolesOf?: (user: RequestUser) => Pick<RequestUser, 'roles' | 'clusterRoles'> | undefined;
}

/** Decides a review within so many milliseconds; whatever fails, or takes longer, denies. */
export async function decide(
  { request }: Review,
  purpose: Purpose,
  { policies, gather, rolesOf }: AdmissionRules,
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
): Promise<Verdict> {
  if (request === undefined) return { outcome: 'allowed', patches: [], warnings: [] };
  if (request instanceof Error) return toFailure('error', request);
  if (isFarewell(request)) return { outcome: 'allowed', patches: [], warnings: [] };
  try {
    const { user } = request;
    const asked = { ...request, ...(user !== undefined && { user: { ...user, ...rolesOf?.(user) } }) };
    const decision = await within(milliseconds, settle({ ...asked, at: clock.now() }, policies, gather));
    if (decision !== 'late') return toVerdict(decision, purpose, request);
    return toFailure(
      'timeout',
      admissionError('ADMISSION_TIMEOUT', { data: { milliseconds: Math.round(milliseconds) } }),
    );
  } catch (error) {
    return toFailure('error', isAppError(error) ? error : undefined);
  }
}
