import type { TextPattern } from '../model/policy.ts';
import { findsPattern } from './regexp.ts';
import { matchesWildcard } from './wildcard.ts';

/** Whether a text has the pattern; an empty text has none, so that what a certificate does not state never matches. */
export function matchesText({ kind, text: wanted }: TextPattern, text: string): boolean {
  if (text === '') return false;
  if (kind === 'exact') return text === wanted;
  return kind === 'wildcard' ? matchesWildcard(wanted, text) : findsPattern(wanted, text);
}
