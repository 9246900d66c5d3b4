import { compareDigits } from '../digits.ts';
import { makeOrder } from '../order.ts';
import type { VersionOrder } from '../scheme.ts';

/** `digits[letter[digits]](.digits[letter[digits]])*(_suffix[digits])*[~hash](-rN)*` */
const pattern = /^\d+(?:[a-z]\d*)?(?:\.\d+(?:[a-z]\d*)?)*(?:_[a-z]+\d*)*(?:~[0-9a-f]+)?(?:-r\d+)*$/;
const hash = /~[0-9a-f]+/;
const tokens = /(?<letter>(?<=\d)[a-z])|-r(?<revision>\d+)|_(?<suffix>[a-z]+)|\.(?<part>\d+)|(?<digits>\d+)/g;

/** Where two versions part, the one with the kind that comes later here is the higher. */
const kinds = ['before', 'end', 'revision', 'count', 'after', 'letter', 'digits', 'part'] as const;
type Kind = (typeof kinds)[number];

/** Suffixes of versions before the plain one, and of those after it, each from low to high. */
const suffixes: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  before: ['alpha', 'beta', 'pre', 'rc'],
  after: ['cvs', 'svn', 'git', 'hg', 'p'],
};

interface Token {
  readonly kind: Kind;
  /** Zeros that lead a part: the more there are, the lower it is, whatever follows them. */
  readonly zeros: number;
  /** A number; letters and suffixes stand for their place. */
  readonly digits: string;
}

const end: Token = { kind: 'end', zeros: 0, digits: '' };

export const apkOrder: VersionOrder = makeOrder({ scheme: 'apk', parse: parseApk, compare: compareTokens });

/** The parts that apk compares one by one (apk-tools 2, src/version.c); a commit hash tells nothing of the order. */
function parseApk(text: string): readonly Token[] | undefined {
  if (!pattern.test(text)) return undefined;
  const parsed: Token[] = [];
  for (const { groups = {} } of text.replace(hash, '').matchAll(tokens)) {
    const token = toToken(groups, parsed.at(-1)?.kind);
    if (token === undefined) return undefined;
    parsed.push(token);
  }
  return parsed;
}

function toToken(groups: Readonly<Record<string, string | undefined>>, previous: Kind | undefined): Token | undefined {
  const { letter, revision, suffix, part, digits = '' } = groups;
  if (suffix !== undefined) return toSuffix(suffix);
  if (part !== undefined) return toPart(part);
  if (letter !== undefined) return { kind: 'letter', zeros: 0, digits: String(letter.charCodeAt(0)) };
  if (revision !== undefined) return { kind: 'revision', zeros: 0, digits: revision };
  const counts = previous === 'before' || previous === 'after';
  return { kind: counts ? 'count' : 'digits', zeros: 0, digits };
}

function toSuffix(name: string): Token | undefined {
  for (const kind of ['before', 'after'] as const) {
    const place = suffixes[kind]?.indexOf(name) ?? -1;
    if (place >= 0) return { kind, zeros: 0, digits: String(place) };
  }
  return undefined;
}

function toPart(part: string): Token {
  let zeros = 0;
  while (part[zeros] === '0') zeros++;
  return { kind: 'part', zeros, digits: part.slice(zeros) };
}

function compareTokens(a: readonly Token[], b: readonly Token[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index] ?? end;
    const right = b[index] ?? end;
    const order =
      kinds.indexOf(left.kind) - kinds.indexOf(right.kind) ||
      right.zeros - left.zeros ||
      compareDigits(left.digits, right.digits);
    if (order !== 0) return order;
  }
  return 0;
}
