import { parse } from '@renovatebot/pep440';
import { compareText } from '../digits.ts';

type Counted = readonly [letter: string, number: number];

/** The parts of a version (PEP 440, "Version scheme"). */
export interface PythonVersion {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre: Counted | null;
  readonly post: Counted | null;
  readonly dev: Counted | null;
  readonly local: readonly (string | number)[] | null;
}

/** Undefined for versions of before PEP 440. */
export function parsePython(text: string): PythonVersion | undefined {
  // The package's type for `parse` is that of another of its functions.
  return (parse(text.trim()) as unknown as PythonVersion | null) ?? undefined;
}

/** PEP 440, "Summary of permitted suffixes and relative ordering". */
export function comparePython(a: PythonVersion, b: PythonVersion): number {
  return comparePublic(a, b) || compareLocal(a.local, b.local);
}

/** Leaves out the local part. */
export function comparePublic(a: PythonVersion, b: PythonVersion): number {
  return (
    a.epoch - b.epoch ||
    compareRelease(a.release, b.release) ||
    compareCounted(a.pre ?? impliedPre(a), b.pre ?? impliedPre(b)) ||
    compareCounted(a.post ?? first, b.post ?? first) ||
    compareCounted(a.dev ?? last, b.dev ?? last)
  );
}

/** Numbers that are missing count as zero. */
export function compareRelease(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const first: Counted = ['', 0];
const last: Counted = ['~', 0];

/** A development release of a release is before its first alpha. */
function impliedPre({ post, dev }: PythonVersion): Counted {
  return post === null && dev !== null ? first : last;
}

function compareCounted(a: Counted, b: Counted): number {
  return compareText(a[0], b[0]) || a[1] - b[1];
}

/** Numbers are after words, and a longer part after what it begins with (PEP 440, "Local version identifiers"). */
function compareLocal(a: PythonVersion['local'], b: PythonVersion['local']): number {
  const left = a ?? [];
  const right = b ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareLocalPart(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareLocalPart(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? 1 : -1;
  return compareText(String(a), String(b));
}
