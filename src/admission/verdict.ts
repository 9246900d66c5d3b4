import { isAppError } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import {
  type Decision,
  formatPolicyName,
  type ImagePatch,
  nameOf,
  type PolicyRequest,
  type RuleResult,
} from '../policy/index.ts';
import { admissionError } from './errors.ts';
import type { PatchOperation } from './patch.ts';
import type { AdmissionSetting } from './setting.ts';
import { wasThere } from './unchanged.ts';

/** Whether an image may be changed on its way in, or only be judged. */
export type Purpose = 'validate' | 'mutate';

/** What is answered. */
export type Verdict = (
  | {
      readonly outcome: 'allowed';
      readonly patches: readonly ImagePatch[];
      /** What else is written into the object. */
      readonly operations?: readonly PatchOperation[];
    }
  | { readonly outcome: 'denied' | 'error' | 'timeout'; readonly message: string }
) & {
  readonly warnings: readonly string[];
  /** Rules that deny. */
  readonly denials: readonly { readonly policy: string; readonly rule: string }[];
};

/** What becomes of a digest that is missing: it is written, it is demanded, or it is the affair of somebody else. */
export type PinningDuty = 'write' | 'demand' | 'leave';

const limits = { warnings: 10, warning: 256, message: 4096, reason: 1024 };

/**
 * Where only pods are pinned, what makes pods is left as it is, and its pods are pinned when they come. Under audit nobody
 * has pinned what would have been.
 */
export function pinningFor(
  purpose: Purpose,
  { object }: Pick<PolicyRequest, 'object'>,
  { mode, pinning }: AdmissionSetting,
): PinningDuty {
  const isWritten = pinning === 'always' || (pinning === 'pods' && nameOf(object).kind === 'Pod');
  if (pinning === 'pods' && !isWritten) return 'leave';
  if (purpose === 'mutate') return isWritten ? 'write' : 'leave';
  return mode === 'audit' && isWritten ? 'leave' : 'demand';
}

/** What a decision means for a request: a pin that is due is made, or it is missing. */
export function toVerdict(decision: Decision, duty: PinningDuty, request: Omit<PolicyRequest, 'at'>): Verdict {
  const { results } = decision;
  const warnings = results.filter(isTold).map(toDenial).slice(0, limits.warnings).map(toWarning);
  const denying = results.filter(({ denies }) => denies);
  const denials = denying.map(({ policy, rule }) => ({ policy: formatPolicyName(policy), rule }));
  const due = decision.patches.filter((patch) => !wasThere(patch, request));
  const unpinned = duty === 'demand' ? due.map(toUnpinned) : [];
  if (denying.length + unpinned.length > 0) {
    const message = joined([...denying.map(toDenial), ...unpinned, nextStep(results)]);
    return { outcome: 'denied', message, warnings, denials };
  }
  return decision.allowed
    ? { outcome: 'allowed', patches: duty === 'write' ? due : [], warnings, denials }
    : { outcome: 'denied', message: 'a policy denies it', warnings, denials };
}

/** Whatever goes wrong denies. */
export function toFailure(outcome: 'error' | 'timeout', error: unknown): Verdict {
  const { code, message, hint } = isAppError(error)
    ? error
    : admissionError('ADMISSION_FAILED', { data: { reason: 'a fault of the program' } });
  const words = `${code}: ${message}. ${hint}`;
  return { outcome, message: shorten(toVisibleLine(words), limits.message), warnings: [], denials: [] };
}

function isTold({ denies, outcome }: RuleResult): boolean {
  return !denies && (outcome === 'warn' || outcome === 'fail' || outcome === 'error');
}

/** A text as an API server passes it on. */
export function toWarning(text: string): string {
  return shorten(toVisibleLine(text), limits.warning);
}

function toDenial({ policy, rule, message }: RuleResult): string {
  const reason = shorten(toVisibleLine(message), limits.reason);
  return `policy ${toVisibleLine(formatPolicyName(policy))}, rule ${toVisibleLine(rule)}: ${reason}`;
}

function toUnpinned({ pointer, image }: ImagePatch): string {
  return toVisibleLine(`${pointer} must be pinned as ${image}: have /mutate called, or write it so`);
}

/** What whoever is kept out can do. */
function nextStep(results: readonly RuleResult[]): string {
  const images = results.filter(({ denies }) => denies).flatMap((result) => result.images);
  const image = images.find(({ outcome }) => outcome !== 'pass' && outcome !== 'skip')?.image;
  const isPlain = image !== undefined && /^[\w./:@-]{1,512}$/.test(image);
  return isPlain ? `see why: plimsoll policy explain ${image} --policy FILE` : 'see why: plimsoll policy apply';
}

function joined(parts: readonly string[]): string {
  return shorten(parts.join('; '), limits.message);
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).toWellFormed()}…`;
}
