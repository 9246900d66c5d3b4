import { RE2JS } from 're2js';
import { describeError } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { policyError } from '../errors.ts';

/** Whether an expression of RE2 is found in a text, anywhere unless anchored. @throws POLICY_PATTERN_INVALID */
export function findsPattern(pattern: string, text: string): boolean {
  return compilePattern(pattern).matcher(text).find();
}

/** Compiles an expression; policies have few, and are judged by for long. @throws POLICY_PATTERN_INVALID */
export const compilePattern: (pattern: string) => RE2JS = onceForEach((pattern: string) => {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw policyError('POLICY_PATTERN_INVALID', { data: { pattern, reason: describeError(cause) }, cause });
  }
});
