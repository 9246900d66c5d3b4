import { type Clock, isAppError } from '../core/index.ts';
import {
  type Decision,
  matchesWildcard,
  nameOf,
  type Policy,
  type PolicyRequest,
  type RequestUser,
  settle,
} from '../policy/index.ts';
import { type BrokenGlass, brokenGlassOf, grantPatch } from './break-glass.ts';
import { within } from './deadline.ts';
import { admissionError } from './errors.ts';
import type { ToldGather } from './fact-cache.ts';
import type { FactOrigin } from './meter.ts';
import type { Review } from './review.ts';
import type { AdmissionSetting } from './setting.ts';
import { isFarewell } from './unchanged.ts';
import { type Purpose, pinningFor, toFailure, toVerdict, toWarning, type Verdict } from './verdict.ts';

/** What is judged by, and where facts come from. */
export interface AdmissionRules {
  readonly policies: readonly Policy[];
  readonly gather: ToldGather;
  /** The roles of somebody, where they are asked for; undefined when nobody can tell. */
  readonly rolesOf?: (user: RequestUser) => Pick<RequestUser, 'roles' | 'clusterRoles'> | undefined;
}

/** What is answered to a review, and why. */
export interface Ruling {
  readonly verdict: Verdict;
  /** Why it is let in whatever policies say; `would` is what they say of it. */
  readonly exemption?: Exemption;
  readonly would?: Verdict;
  /** Every rule and image, when there was a decision. */
  readonly decision?: Decision;
  /** Where facts were found. */
  readonly facts: Readonly<Partial<Record<FactOrigin, number>>>;
}

export type Exemption = { readonly kind: 'audit' | 'namespace' } | ({ readonly kind: 'break-glass' } & BrokenGlass);

export interface DecideOptions {
  readonly clock: Clock;
  readonly milliseconds: number;
  readonly setting: AdmissionSetting;
}

type Allowed = Extract<Verdict, { readonly outcome: 'allowed' }>;

const passed: Allowed = { outcome: 'allowed', patches: [], warnings: [], denials: [] };
/** As long is waited for what would have been decided, when it is let in whatever that is. */
const exemptTime = 2000;

/** Decides a review within so many milliseconds; whatever fails, or takes longer, denies. */
export async function decide(
  review: Review,
  purpose: Purpose,
  rules: AdmissionRules,
  options: DecideOptions,
): Promise<Ruling> {
  const { request } = review;
  if (request === undefined) return { verdict: passed, facts: {} };
  if (request instanceof Error) return soften({ verdict: toFailure('error', request), facts: {} }, options.setting);
  if (isFarewell(request)) return { verdict: passed, facts: {} };
  if (isExcluded(request, options.setting)) {
    return { verdict: passed, exemption: { kind: 'namespace' }, facts: {} };
  }
  const { breakGlass } = options.setting;
  const now = options.clock.now();
  const broken = breakGlass && brokenGlassOf(request, breakGlass, now);
  if (breakGlass === undefined || broken === undefined) {
    return soften(await judge(request, purpose, rules, options), options.setting);
  }
  const milliseconds = Math.min(options.milliseconds, exemptTime);
  const judged = await judge(request, purpose, rules, { ...options, milliseconds });
  const isGranting = purpose === 'mutate' && broken.isDirect && !review.isDryRun;
  const operations = isGranting ? grantPatch(request, broken, breakGlass, now) : [];
  return exempt(judged, { kind: 'break-glass', ...broken }, { ...passed, operations });
}

/** Namespaces are left out by name, which no tenant can change, and never by labels. */
function isExcluded({ object }: Omit<PolicyRequest, 'at'>, { excludedNamespaces }: AdmissionSetting): boolean {
  const { namespace } = nameOf(object);
  return namespace !== '' && excludedNamespaces.some((pattern) => matchesWildcard(pattern, namespace));
}

async function judge(
  request: Omit<PolicyRequest, 'at'>,
  purpose: Purpose,
  { policies, gather, rolesOf }: AdmissionRules,
  { clock, milliseconds, setting }: DecideOptions,
): Promise<Ruling> {
  const facts: Partial<Record<FactOrigin, number>> = {};
  const tell = (origin: FactOrigin): void => {
    facts[origin] = (facts[origin] ?? 0) + 1;
  };
  try {
    const { user } = request;
    const asked = { ...request, ...(user !== undefined && { user: { ...user, ...rolesOf?.(user) } }) };
    const deciding = settle({ ...asked, at: clock.now() }, policies, (needs) => gather(needs, tell));
    const decision = await within(milliseconds, deciding);
    if (decision === 'late') {
      const error = admissionError('ADMISSION_TIMEOUT', { data: { milliseconds: Math.round(milliseconds) } });
      return { verdict: toFailure('timeout', error), facts };
    }
    return { verdict: toVerdict(decision, pinningFor(purpose, request, setting), request), decision, facts };
  } catch (error) {
    return { verdict: toFailure('error', isAppError(error) ? error : undefined), facts };
  }
}

/** Under audit nothing is kept out, and nothing is changed. */
function soften(ruling: Ruling, { mode }: AdmissionSetting): Ruling {
  return mode === 'enforce' ? ruling : exempt(ruling, { kind: 'audit' }, passed);
}

function exempt(ruling: Ruling, exemption: Exemption, base: Allowed): Ruling {
  const { verdict: would } = ruling;
  const told = exemption.kind === 'break-glass' ? [`break-glass of ${exemption.by}: ${exemption.reason}`] : [];
  const denied = would.outcome === 'allowed' ? [] : [`let in all the same, but would be denied: ${would.message}`];
  const warnings = [...[...told, ...denied].map(toWarning), ...would.warnings].slice(0, 10);
  return { ...ruling, exemption, would, verdict: { ...base, warnings, denials: would.denials } };
}
