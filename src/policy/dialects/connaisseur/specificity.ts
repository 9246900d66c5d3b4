import { matchesGlob } from '../../patterns/glob.ts';
import { hasWildcard } from '../../patterns/wildcard.ts';

/** A pattern is found anywhere in the name: `*` is added where it does not stand already. @throws POLICY_PATTERN_INVALID */
export function matchesImage(pattern: string, name: string): boolean {
  return matchesGlob(wholeGlob(pattern), name);
}

export function wholeGlob(pattern: string): string {
  return `${pattern.startsWith('*') ? '' : '*'}${pattern}${pattern.endsWith('*') ? '' : '*'}`;
}

/**
 * The most specific of the patterns that name the image: more parts between slashes, then part by part from the left a
 * longer start in common with the image, then longer parts; of equal ones the last.
 */
export function mostSpecific<T extends { readonly pattern: string }>(rules: readonly T[], name: string): T | undefined {
  return rules
    .filter(({ pattern }) => matchesImage(pattern, name))
    .reduce<T | undefined>(
      (best, rule) => (best === undefined || compare(rule.pattern, best.pattern, name) >= 0 ? rule : best),
      undefined,
    );
}

function compare(a: string, b: string, name: string): number {
  const [parts, others, image] = [a.split('/'), b.split('/'), name.split('/')];
  if (parts.length !== others.length) return parts.length - others.length;
  const prefixes = parts.map((part, index) => common(part, image[index]) - common(others[index] ?? '', image[index]));
  const lengths = parts.map((part, index) => part.length - (others[index]?.length ?? 0));
  return [...prefixes, ...lengths].find((difference) => difference !== 0) ?? 0;
}

/** How many characters both start with, up to the first wildcard. */
function common(pattern: string, part: string = ''): number {
  let length = 0;
  while (length < pattern.length && pattern[length] === part[length] && !hasWildcard(pattern[length] ?? '')) length++;
  return length;
}
