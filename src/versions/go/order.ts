import { compareDigits, compareText } from '../digits.ts';
import { makeOrder } from '../order.ts';
import { type Test, testBound } from '../range.ts';
import type { VersionOrder } from '../scheme.ts';

interface LenientVersion {
  readonly numbers: readonly string[];
  readonly prerelease: readonly string[];
}

/** `[v]N(.N)*[[-]pre-release][+build]`; a pre-release that begins with a letter needs no hyphen. */
const pattern =
  /^v?(\d+(?:\.\d+)*)(?:(?:-|(?=[A-Za-z~]))([\dA-Za-z~-]+(?:\.[\dA-Za-z~-]+)*))?(?:\+[\dA-Za-z~-]+(?:\.[\dA-Za-z~-]+)*)?$/;
const numeric = /^\d+$/;

export const goOrder: VersionOrder = makeOrder({ scheme: 'go', parse: parseLenient, compare: compareLenient, toTest });

function parseLenient(text: string): LenientVersion | undefined {
  const [, numbers, prerelease] = pattern.exec(text.trim()) ?? [];
  if (numbers === undefined) return undefined;
  return { numbers: numbers.split('.'), prerelease: prerelease === undefined ? [] : prerelease.split('.') };
}

/** Numbers that are missing count as zero; build metadata does not count (semver.org, section 10). */
function compareLenient(a: LenientVersion, b: LenientVersion): number {
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index++) {
    const order = compareDigits(a.numbers[index] ?? '', b.numbers[index] ?? '');
    if (order !== 0) return order;
  }
  return comparePrerelease(a.prerelease, b.prerelease);
}

/** A pre-release is before its release; identifiers are compared one by one (semver.org, section 11). */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = compareIdentifiers(a[index] ?? '', b[index] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const leftNumeric = numeric.test(a);
  const rightNumeric = numeric.test(b);
  if (leftNumeric !== rightNumeric) return leftNumeric ? -1 : 1;
  return leftNumeric ? compareDigits(a, b) : compareText(a, b);
}

/** `~1.2.3` and `~>1.2.3` stay below 1.3, `~1.2` below 1.3 but `~>1.2` below 2, `^1.2.3` below 2, `^0.2.3` below 0.3. */
function toTest(operator: string, text: string): Test<LenientVersion> | undefined {
  const limit = parseLenient(text);
  if (limit === undefined) return undefined;
  const kept = keptNumbers(operator, limit.numbers);
  if (kept === undefined) return testBound(operator, (version) => compareLenient(version, limit));
  const ceiling: LenientVersion = { numbers: increment(limit.numbers.slice(0, kept)), prerelease: [] };
  return (version) => compareLenient(version, limit) >= 0 && compareLenient(version, ceiling) < 0;
}

/** How many numbers, the last of them raised by one, make the version that the operator stays below. */
function keptNumbers(operator: string, numbers: readonly string[]): number | undefined {
  if (operator === '~' && numbers.length === 2) return 2;
  if (operator === '~' || operator === '~>') return Math.max(numbers.length - 1, 1);
  if (operator !== '^') return undefined;
  const first = numbers.findIndex((number) => compareDigits(number, '0') !== 0);
  return first < 0 ? numbers.length : first + 1;
}

function increment(numbers: readonly string[]): string[] {
  return [...numbers.slice(0, -1), String(BigInt(numbers.at(-1) ?? '0') + 1n)];
}
