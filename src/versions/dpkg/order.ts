import { compareDigits, isDigit, isLetter } from '../digits.ts';
import { makeOrder } from '../order.ts';
import type { VersionOrder } from '../scheme.ts';

interface DpkgVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

const epochPattern = /^\d+$/;
/** `upstream[-revision]`; the last hyphen begins the revision (deb-version(7)). */
const pattern = /^(\d[\w.+~:-]*?)(?:-([\w.+~]*))?$/;

export const dpkgOrder: VersionOrder = makeOrder({ scheme: 'dpkg', parse: parseDpkg, compare: compareDpkg });

function parseDpkg(text: string): DpkgVersion | undefined {
  const whole = text.trim();
  const colon = whole.indexOf(':');
  const epoch = colon < 0 ? '0' : whole.slice(0, colon);
  const [, upstream, revision = ''] = pattern.exec(whole.slice(colon + 1)) ?? [];
  return upstream === undefined || !epochPattern.test(epoch) ? undefined : { epoch, upstream, revision };
}

function compareDpkg(a: DpkgVersion, b: DpkgVersion): number {
  return compareDigits(a.epoch, b.epoch) || comparePart(a.upstream, b.upstream) || comparePart(a.revision, b.revision);
}

/** Texts without digits and numbers by turns, each turn compared by its own rule (deb-version(7), "Sorting algorithm"). */
function comparePart(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while (weightAt(a, i) !== 0 || weightAt(b, j) !== 0) {
      const order = weightAt(a, i) - weightAt(b, j);
      if (order !== 0) return order;
      i++;
      j++;
    }
    const endA = endOfDigits(a, i);
    const endB = endOfDigits(b, j);
    const order = compareDigits(a.slice(i, endA), b.slice(j, endB));
    if (order !== 0) return order;
    i = endA;
    j = endB;
  }
  return 0;
}

/** A tilde is before the end, the end (and any digit) before letters, letters before all else. */
function weightAt(text: string, index: number): number {
  if (index >= text.length) return 0;
  const code = text.charCodeAt(index);
  if (isDigit(code)) return 0;
  if (isLetter(code)) return code;
  return code === 0x7e ? -1 : code + 256;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}
