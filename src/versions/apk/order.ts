import { versionError } from '../errors.ts';
import { satisfiesBounds } from '../range.ts';
import type { VersionOrder } from '../scheme.ts';

/** `digits(.digits)*[letter](_suffix[digits])*[~hash][-rN]` */
const pattern = /^(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?$/;
/** Suffixes from first to last; those before the empty one come before the plain version. */
const suffixes: readonly string[] = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];

interface ApkVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly (readonly [rank: number, value: number])[];
  readonly revision: number;
}

export const apkOrder: VersionOrder = {
  compare: (a, b) => compareParsed(parseApk(a), parseApk(b)),
  satisfies: (version, range) => satisfiesBounds(version, range, apkOrder.compare, 'apk'),
};

/** @throws VERSION_INVALID */
function parseApk(text: string): ApkVersion {
  const match = pattern.exec(text);
  const parsed = match === null ? [] : parseSuffixes(match[3] ?? '');
  if (match === null || parsed === undefined) throw versionError('VERSION_INVALID', { data: { text, scheme: 'apk' } });
  return {
    numbers: (match[1] as string).split('.'),
    letter: match[2] ?? '',
    suffixes: parsed,
    revision: Number(match[4] ?? 0),
  };
}

function parseSuffixes(text: string): ApkVersion['suffixes'] | undefined {
  const found: [number, number][] = [];
  for (const [, name, digits] of text.matchAll(/_([a-z]+)(\d*)/g)) {
    const rank = suffixes.indexOf(name as string);
    if (rank < 0) return undefined;
    found.push([rank, Number(digits || 0)]);
  }
  return found;
}

function compareParsed(a: ApkVersion, b: ApkVersion): number {
  return (
    compareNumbers(a.numbers, b.numbers) ||
    compareText(a.letter, b.letter) ||
    compareSuffixes(a.suffixes, b.suffixes) ||
    a.revision - b.revision
  );
}

/** Parts after the first that start with a zero are compared as decimal fractions, as apk does. */
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index];
    const right = b[index];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const fraction = index > 0 && (left.startsWith('0') || right.startsWith('0'));
    const order = fraction ? compareText(left, right) : compareDigits(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Digits of any length, without losing precision. */
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || compareText(left, right);
}

function compareSuffixes(a: ApkVersion['suffixes'], b: ApkVersion['suffixes']): number {
  const plain: readonly [number, number] = [suffixes.indexOf(''), 0];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [leftRank, leftValue] = a[index] ?? plain;
    const [rightRank, rightValue] = b[index] ?? plain;
    const order = leftRank - rightRank || leftValue - rightValue;
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
