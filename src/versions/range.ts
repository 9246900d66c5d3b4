import { versionError } from './errors.ts';

const boundPattern = /^(<=|>=|<|>|==|=|!=)?\s*([^\s<>=!,|]+)$/;

/**
 * Judges `>=1.0, <2.0 || >=3.0`: alternatives by `||`, bounds of one alternative by comma or space, an operator
 * directly before its version or with space between. @throws VERSION_RANGE_INVALID
 */
export function satisfiesBounds(
  version: string,
  range: string,
  compare: (a: string, b: string) => number,
  scheme: string,
): boolean {
  return range.split('||').some((alternative) => {
    const bounds = splitBounds(alternative);
    if (bounds.length === 0) throw versionError('VERSION_RANGE_INVALID', { data: { text: range, scheme } });
    return bounds.every((bound) => {
      const [, operator = '=', limit] = boundPattern.exec(bound) ?? [];
      if (limit === undefined) throw versionError('VERSION_RANGE_INVALID', { data: { text: range, scheme } });
      return holds(operator, compare(version, limit));
    });
  });
}

/** `>= 1.0 < 2.0, != 1.5` as single bounds. */
export function splitBounds(text: string): string[] {
  return text
    .replace(/([<>=!])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((bound) => bound !== '');
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}
