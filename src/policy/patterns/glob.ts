import type { RE2JS } from 're2js';
import { policyError } from '../errors.ts';
import { compilePattern } from './regexp.ts';

/**
 * Whether the whole text has a glob in which nothing stops at a slash: `*` and `?`, `[a-z]` and `[!a-z]`, `{a,b}`, and
 * `\` before what stands for itself. @throws POLICY_PATTERN_INVALID
 */
export function matchesGlob(glob: string, text: string): boolean {
  return compileGlob(glob).matcher(text).matches();
}

function compileGlob(glob: string): RE2JS {
  return compilePattern(`(?s)^${toExpression(glob)}$`);
}

function toExpression(glob: string): string {
  let depth = 0;
  const parts = glob.match(/\\.|\[!?[^\]]+\]|./gsu) ?? [];
  const written = parts.map((part) => {
    if (part === '{') depth++;
    if (part === '}' && depth > 0) {
      depth--;
      return ')';
    }
    return depth > 0 && part === ',' ? '|' : toPart(part);
  });
  if (depth > 0) throw policyError('POLICY_PATTERN_INVALID', { data: { pattern: glob, reason: 'a { is not closed' } });
  return written.join('');
}

const words: Readonly<Record<string, string>> = { '*': '.*', '?': '.', '{': '(?:' };

function toPart(part: string): string {
  if (part.length === 1) return words[part] ?? quote(part);
  return part.startsWith('[') ? toClass(part) : quote(part.replace('\\', ''));
}

function toClass(part: string): string {
  const inner = part.slice(1, -1).replace(/[\\[\]^]/g, String.raw`\$&`);
  return inner.startsWith('!') ? `[^${inner.slice(1)}]` : `[${inner}]`;
}

/** The text as an expression of RE2 that is found where the text is. */
export function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
