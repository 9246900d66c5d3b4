import type { ApplyPoliciesInput } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { Logger } from '../core/index.ts';
import { formatPolicyName, layoutOption, type Policy } from '../policy/index.ts';
import { trustedRootOption } from '../verify/index.ts';
import { cliError } from './errors.ts';

/** Where images and trust come from. @throws CLI_LAYOUT_INVALID */
export function toFactSources(options: ResolvedOptions): Pick<ApplyPoliciesInput, 'layouts' | 'trustedRoot'> {
  const trustedRoot = options.get(trustedRootOption);
  const layouts = options.get(layoutOption).map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw cliError('CLI_LAYOUT_INVALID', { data: { text } });
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return { layouts: Object.fromEntries(layouts), ...(trustedRoot !== undefined && { trustedRoot }) };
}

/** Tells what policies have that is ignored or unsafe. */
export function sayNotes(policies: readonly Policy[], log: Logger): void {
  for (const { name, notes } of policies) {
    for (const { level, at, message } of notes) {
      const text = level === 'ignored' ? 'A part of a policy is ignored' : 'A policy is not as safe as it could be';
      log.warn(text, { policy: formatPolicyName(name), at, message });
    }
  }
}
