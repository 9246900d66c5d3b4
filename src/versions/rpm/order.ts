import { compareDigits, compareText, isDigit, isLetter } from '../digits.ts';
import { makeOrder } from '../order.ts';
import type { VersionOrder } from '../scheme.ts';

interface RpmVersion {
  readonly epoch: string;
  readonly version: readonly string[];
  readonly release: readonly string[];
}

/** `[epoch:]version[-release]`; neither part can hold a hyphen. */
const pattern = /^(?:(\d*):)?([^-:]+)(?:-(.*))?$/;
const zeroEpoch = /^0*:/;

export const rpmOrder: VersionOrder = makeOrder({
  scheme: 'rpm',
  parse: parseRpm,
  compare: compareRpm,
  normalize: (version) => version.trim().replace(zeroEpoch, ''),
});

function parseRpm(text: string): RpmVersion | undefined {
  const [, epoch = '', version, release = ''] = pattern.exec(text.trim()) ?? [];
  return version === undefined
    ? undefined
    : { epoch, version: splitSegments(version), release: splitSegments(release) };
}

function compareRpm(a: RpmVersion, b: RpmVersion): number {
  return (
    compareDigits(a.epoch, b.epoch) || compareSegments(a.version, b.version) || compareSegments(a.release, b.release)
  );
}

/** Runs of digits, runs of letters, and each `~` and `^` by itself; all else only separates (rpm-version(7)). */
function splitSegments(text: string): string[] {
  const segments: string[] = [];
  let index = 0;
  while (index < text.length) {
    const kind = kindOf(text.charCodeAt(index));
    const start = index++;
    if (kind === undefined) continue;
    if (kind !== 'mark') while (index < text.length && kindOf(text.charCodeAt(index)) === kind) index++;
    segments.push(text.slice(start, index));
  }
  return segments;
}

function kindOf(code: number): 'digits' | 'letters' | 'mark' | undefined {
  if (isDigit(code)) return 'digits';
  if (isLetter(code)) return 'letters';
  return code === 0x7e || code === 0x5e ? 'mark' : undefined;
}

function compareSegments(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index];
    const right = b[index];
    const order = rankOf(left) - rankOf(right);
    if (order !== 0) return order;
    if (left === undefined || right === undefined) continue;
    const value = isDigit(left.charCodeAt(0)) ? compareDigits(left, right) : compareText(left, right);
    if (value !== 0) return value;
  }
  return 0;
}

/** `~` is before the end, `^` just after it; then letters, then numbers. */
function rankOf(segment: string | undefined): number {
  if (segment === undefined) return 1;
  if (segment === '~') return 0;
  if (segment === '^') return 2;
  return isDigit(segment.charCodeAt(0)) ? 4 : 3;
}
