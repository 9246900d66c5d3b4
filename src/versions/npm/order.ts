import type SemVer from 'semver/classes/semver.js';
import parseSemVer from 'semver/functions/parse.js';
import { makeOrder } from '../order.ts';
import { type Test, testBound } from '../range.ts';
import type { VersionOrder } from '../scheme.ts';
import { parseLimit } from './limit.ts';

export const npmOrder: VersionOrder = makeOrder({
  scheme: 'npm',
  parse: (text) => parseSemVer(text, { loose: true }) ?? undefined,
  compare: (a, b) => a.compare(b),
  toTest,
  any: () => true,
});

/**
 * One bound. A pre-release is only in ranges that ask for pre-releases of the very same release: `<2.0.0` leaves out
 * `1.0.0-rc.1`, and `>=1.0.0-alpha <2.0.0-beta` leaves out both (node-semver, "Prerelease Tags", bound by bound).
 */
function toTest(operator: string, text: string): Test<SemVer> | undefined {
  const limit = parseLimit(text);
  if (limit === undefined) return undefined;
  const { version, known } = limit;
  const plain = testRelease(operator, version, known);
  const wanted = version.prerelease.length > 0;
  if (plain === undefined || (wanted && known < 3)) return plain && (() => false);
  const prerelease = testPrerelease(operator, version);
  return (candidate) => {
    if (candidate.prerelease.length === 0) return plain(candidate);
    return wanted && prerelease(candidate);
  };
}

/** Bounds for versions without pre-release; of a partial limit (`1.2`, `1.x`) only the `known` first numbers count. */
function testRelease(operator: string, limit: SemVer, known: number): Test<SemVer> | undefined {
  const order = (candidate: SemVer): number =>
    known < 3 ? compareNumbers(numbersOf(candidate), numbersOf(limit).slice(0, known)) : candidate.compare(limit);
  const raised = raisedPlace(operator, numbersOf(limit).slice(0, known));
  if (raised === undefined) return operator === '!=' ? undefined : testBound(operator, order);
  const ceiling = numbersOf(limit).slice(0, raised + 1);
  ceiling[raised] = (ceiling[raised] ?? 0) + 1;
  return (candidate) => order(candidate) >= 0 && (known === 0 || compareNumbers(numbersOf(candidate), ceiling) < 0);
}

/** Which number, raised by one, makes the version that `~` or `^` stays below. */
function raisedPlace(operator: string, numbers: readonly number[]): number | undefined {
  if (operator === '~' || operator === '~>') return Math.min(Math.max(numbers.length - 1, 0), 1);
  if (operator !== '^') return undefined;
  const first = numbers.findIndex((number) => number !== 0);
  return first < 0 ? Math.max(numbers.length - 1, 0) : first;
}

/** `~` and `^` reach from one pre-release to the release itself. */
function testPrerelease(operator: string, limit: SemVer): Test<SemVer> {
  const plain = testBound(operator.startsWith('~') || operator === '^' ? '>=' : operator, (candidate: SemVer) =>
    candidate.compare(limit),
  );
  return (candidate) => candidate.compareMain(limit) === 0 && (plain?.(candidate) ?? false);
}

function numbersOf(version: SemVer): number[] {
  return [version.major, version.minor, version.patch];
}

/** By the numbers that both have. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = (a[index] ?? 0) - (b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
