import { RE2JS } from 're2js';
import { describeError } from '../../core/index.ts';
import { lastUsed } from '../../kit/lru.ts';
import { policyError } from '../errors.ts';

const maxCompiled = 1000;

/** Whether an expression of RE2 is found in a text, anywhere unless anchored. @throws POLICY_PATTERN_INVALID */
export function findsPattern(pattern: string, text: string): boolean {
  return compilePattern(pattern).matcher(text).find();
}

/** Compiles an expression, once while it is in use. @throws POLICY_PATTERN_INVALID */
export const compilePattern: (pattern: string) => RE2JS = lastUsed(maxCompiled, (pattern: string) => {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw policyError('POLICY_PATTERN_INVALID', { data: { pattern, reason: describeError(cause) }, cause });
  }
});
