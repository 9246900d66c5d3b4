import { versionError } from './errors.ts';
import { compileRange, type RangeGrammar, type Test, testBound } from './range.ts';
import { remember } from './remember.ts';
import type { VersionOrder } from './scheme.ts';

/** The rules of a scheme; texts are parsed once and the values compared. */
export interface OrderRules<T> {
  /** Identifier of the scheme, for messages. */
  readonly scheme: string;
  /** Undefined when the text is not a version. */
  readonly parse: (text: string) => T | undefined;
  readonly compare: (a: T, b: T) => number;
  /** What one bound of a range means; by default only the plain comparison operators mean something. */
  readonly toTest?: RangeGrammar<T>['toTest'];
  readonly readAlternative?: RangeGrammar<T>['readAlternative'];
  readonly any?: Test<T>;
  readonly normalize?: (version: string) => string;
}

/** No real version is longer; what is, need not be looked at. */
const maxLength = 512;
const shownLength = 80;

/** Builds the order of a scheme from its rules. */
export function makeOrder<T extends object>(rules: OrderRules<T>): VersionOrder {
  const { scheme, normalize } = rules;
  const parse = remember((text) => {
    const version = text.length > maxLength ? undefined : rules.parse(text);
    if (version !== undefined) return version;
    throw versionError('VERSION_INVALID', { data: { text: text.slice(0, shownLength), scheme } });
  });
  const compile = remember((range) =>
    compileRange(range, {
      scheme,
      toTest: (operator, version) => {
        if (rules.toTest !== undefined) return rules.toTest(operator, version);
        const limit = parse(version);
        return testBound(operator, (other) => rules.compare(other, limit));
      },
      readAlternative: rules.readAlternative,
      any: rules.any,
    }),
  );
  return {
    compare: (a, b) => rules.compare(parse(a), parse(b)),
    satisfies(version, range) {
      const parsed = parse(version);
      return compile(range)(parsed);
    },
    ...(normalize !== undefined && { normalize }),
  };
}
