import { isAppError } from '../core/index.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import {
  type Decision,
  formatPolicyName,
  type ImagePatch,
  type PolicyRequest,
  type RuleResult,
} from '../policy/index.ts';
import { admissionError } from './errors.ts';
import { wasThere } from './unchanged.ts';

/** Whether an image may be changed on its way in, or only be judged. */
export type Purpose = 'validate' | 'mutate';

/** What is answered. */
export type Verdict = (
  | { readonly outcome: 'allowed'; readonly patches: readonly ImagePatch[] }
  | { readonly outcome: 'denied' | 'error' | 'timeout'; readonly message: string }
) & { readonly warnings: readonly string[] };

const limits = { warnings: 10, warning: 256, message: 4096, reason: 1024 };

/** What a decision means for a request: a pin that is due is made, or it is missing. */
export function toVerdict(decision: Decision, purpose: Purpose, request: Omit<PolicyRequest, 'at'>): Verdict {
  const { results } = decision;
  const warnings = results.filter(isTold).map(toWarning).slice(0, limits.warnings);
  const denials = results.filter(({ denies }) => denies).map(toDenial);
  const due = decision.patches.filter((patch) => !wasThere(patch, request));
  const unpinned = purpose === 'validate' ? due.map(toUnpinned) : [];
  if (denials.length + unpinned.length > 0) {
    return { outcome: 'denied', message: joined([...denials, ...unpinned, nextStep(results)]), warnings };
  }
  return decision.allowed
    ? { outcome: 'allowed', patches: due, warnings }
    : { outcome: 'denied', message: 'a policy denies it', warnings };
}

/** Whatever goes wrong denies. */
export function toFailure(outcome: 'error' | 'timeout', error: unknown): Verdict {
  const { code, message, hint } = isAppError(error)
    ? error
    : admissionError('ADMISSION_FAILED', { data: { reason: 'a fault of the program' } });
  const words = `${code}: ${message}. ${hint}`;
  return { outcome, message: shorten(toVisibleLine(words), limits.message), warnings: [] };
}

function isTold({ denies, outcome }: RuleResult): boolean {
  return !denies && (outcome === 'warn' || outcome === 'fail' || outcome === 'error');
}

function toWarning(result: RuleResult): string {
  return shorten(toDenial(result), limits.warning);
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
