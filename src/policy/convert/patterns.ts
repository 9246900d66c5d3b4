import { quote } from '../patterns/glob.ts';
import { hasWildcard } from '../patterns/wildcard.ts';
import type { PortablePattern } from './portable.ts';

/** Whether a pattern names every image. */
export function isAny({ text, end }: PortablePattern): boolean {
  return text === '' && end === 'anything';
}

/** A pattern whose stars stop at no slash; undefined when it has wildcards within. */
export function readWildcard(pattern: string): PortablePattern | undefined {
  const start = pattern.startsWith('*') ? 'anywhere' : 'beginning';
  // Every name has a colon, before its tag or in its digest.
  const whole = pattern.replace(/\*:\*$/, '*');
  const text = whole.replace(/^\*+/, '').replace(/\*+$/, '');
  if (text === '' && whole !== '') return { start: 'anywhere', text, end: 'anything' };
  return hasWildcard(text) || !isSafe(text)
    ? undefined
    : { start, text, end: whole.endsWith('*') ? 'anything' : 'exact' };
}

/** A glob in which one star stops at a slash, and two do not; undefined when it has wildcards within. */
export function readGlob(pattern: string): PortablePattern | undefined {
  if (/^\*{2,}$/.test(pattern)) return { start: 'anywhere', text: '', end: 'anything' };
  const start = pattern.startsWith('**') ? 'anywhere' : 'beginning';
  const text = pattern.replace(/^\*{2,}/, '').replace(/\*+$/, '');
  const end = /\*{2,}$/.test(pattern) ? 'anything' : pattern.endsWith('*') ? 'segment' : 'exact';
  return text.includes('*') || text === '' || !isSafe(text)
    ? undefined
    : { start, text: text.replace(/^index\.docker\.io\//, 'docker.io/'), end };
}

/** Images of Docker Hub without an organisation are called by two names, which dialects do not have alike. */
function isSafe(text: string): boolean {
  return !/docker\.io\/[^/]+$/.test(text);
}

export function writeGlob({ start, text, end }: PortablePattern): string {
  if (text === '') return '**';
  return `${start === 'anywhere' ? '**' : ''}${text}${{ exact: '', segment: '*', anything: '**' }[end]}`;
}

/** A text with wildcards as an expression that stands for the whole text. */
export function wildcardExpression(text: string): string {
  const parts = text.split(/([*?])/).map((part) => (part === '*' ? '.*' : part === '?' ? '.' : quote(part)));
  return `^(?s:${parts.join('')})$`;
}
