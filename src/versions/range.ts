import { isAppError } from '../core/index.ts';
import { versionError } from './errors.ts';

/** Whether a parsed version is in a range. */
export type Test<T> = (version: T) => boolean;

export interface RangeGrammar<T> {
  /** Identifier of the scheme, for messages. */
  readonly scheme: string;
  /** What one bound means; undefined when it means nothing. May throw VERSION_INVALID. */
  readonly toTest: (operator: string, version: string) => Test<T> | undefined;
  /** Reads an alternative in a notation of the scheme's own; undefined when it is not in it. May throw VERSION_INVALID. */
  readonly readAlternative?: ((text: string) => Test<T> | undefined) | undefined;
  /** What an alternative without bounds means; an error where absent. */
  readonly any?: Test<T> | undefined;
}

const maxLength = 64 * 1024;
const shownLength = 200;

/**
 * Reads `>=1.0, <2.0 || >=3.0`: alternatives by `||`; bounds of one alternative by comma, space or nothing; an
 * operator directly before its version or with space between. @throws VERSION_RANGE_INVALID
 */
export function compileRange<T>(range: string, grammar: RangeGrammar<T>): Test<T> {
  const invalid = (cause?: unknown): Error =>
    versionError('VERSION_RANGE_INVALID', {
      data: { text: range.slice(0, shownLength), scheme: grammar.scheme },
      cause,
    });
  if (range.length > maxLength) throw invalid();
  const alternatives = range.split('||').map((alternative) => {
    const test = understand(() => readAlternative(alternative, grammar), invalid);
    if (test === undefined) throw invalid();
    return test;
  });
  return (version) => alternatives.some((test) => test(version));
}

function readAlternative<T>(text: string, grammar: RangeGrammar<T>): Test<T> | undefined {
  const own = grammar.readAlternative?.(text);
  if (own !== undefined) return own;
  const bounds = splitBounds(text);
  if (bounds.length === 0) return grammar.any;
  const tests = bounds.map(({ operator, version }) => (version === '' ? undefined : grammar.toTest(operator, version)));
  if (!tests.every((test) => test !== undefined)) return undefined;
  return (version) => tests.every((test) => test(version));
}

/** A plain comparison, given how a version compares to the limit; undefined for other operators. */
export function testBound<T>(operator: string, order: (version: T) => number): Test<T> | undefined {
  switch (operator) {
    case '<':
      return (version) => order(version) < 0;
    case '<=':
    case '=<':
      return (version) => order(version) <= 0;
    case '>':
      return (version) => order(version) > 0;
    case '>=':
    case '=>':
      return (version) => order(version) >= 0;
    case '':
    case '=':
    case '==':
      return (version) => order(version) === 0;
    case '!=':
      return (version) => order(version) !== 0;
    default:
      return undefined;
  }
}

interface Bound {
  readonly operator: string;
  readonly version: string;
}

/** An operator and a version; `!` is part of a version (PEP 440 epochs) unless it begins `!=`. */
const boundPattern = /([<>=!~^]*)\s*((?:[^\s,<>=!]|!(?!=))*)/y;
const separators = /[\s,]*/y;

function splitBounds(text: string): Bound[] {
  const bounds: Bound[] = [];
  for (let index = skip(text, 0); index < text.length; index = skip(text, boundPattern.lastIndex)) {
    boundPattern.lastIndex = index;
    const [, operator = '', version = ''] = boundPattern.exec(text) ?? [];
    bounds.push({ operator, version });
  }
  return bounds;
}

function skip(text: string, index: number): number {
  separators.lastIndex = index;
  separators.exec(text);
  return separators.lastIndex;
}

/** A limit that is no version makes the range invalid, not the version that is judged. */
function understand<T>(read: () => T, invalid: (cause: unknown) => Error): T {
  try {
    return read();
  } catch (error) {
    if (isAppError(error, 'VERSION_INVALID')) throw invalid(error);
    throw error;
  }
}
