import { compareDigits, compareText, isDigit } from '../digits.ts';

/** A number, a qualifier by its place, or what follows a hyphen or a change between digits and letters. */
type Item =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'qualifier'; readonly place: string }
  | MavenVersion;

export interface MavenVersion {
  readonly kind: 'list';
  readonly items: readonly Item[];
}

/** Known qualifiers from first to last; the empty one is the release. Others come after all, in alphabetical order. */
const qualifiers: readonly string[] = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const release = String(qualifiers.indexOf(''));
const aliases: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
/** Short names that count only directly before a digit. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

const pattern = /^[^\s,()[\]{}<>=|$]+$/;
const tokens = /[.-]|\d+|[^\d.-]+/g;

/** Reads a version as Maven's ComparableVersion does (maven.apache.org/pom.html, "Version Order Specification"). */
export function parseMaven(text: string): MavenVersion | undefined {
  const whole = text.trim().toLowerCase();
  if (!pattern.test(whole)) return undefined;
  const lists: Item[][] = [[]];
  let afterSeparator = true;
  for (const { 0: token, index } of whole.matchAll(tokens)) {
    const separates = token === '.' || token === '-';
    if (separates && afterSeparator) lists.at(-1)?.push(number('0'));
    if (!separates) {
      const item = toItem(token, isDigit(whole.charCodeAt(index + token.length)));
      // A dot before a qualifier is as good as a hyphen (Maven 3.9).
      if (!afterSeparator || (item.kind === 'qualifier' && lists.at(-1)?.length !== 0)) lists.push([]);
      lists.at(-1)?.push(item);
    }
    if (token === '-') lists.push([]);
    afterSeparator = separates;
  }
  return lists.reduceRight<MavenVersion>((inner, items) => toList([...items, inner]), { kind: 'list', items: [] });
}

export function compareMaven(a: MavenVersion, b: MavenVersion): number {
  for (let index = 0; index < Math.max(a.items.length, b.items.length); index++) {
    const left = a.items[index];
    const right = b.items[index];
    const order = left === undefined ? -compareItems(right, undefined) : compareItems(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function toItem(token: string, beforeDigit: boolean): Item {
  if (isDigit(token.charCodeAt(0))) return number(token);
  const long = (beforeDigit ? shortNames.get(token) : undefined) ?? token;
  const name = aliases.get(long) ?? long;
  const place = qualifiers.indexOf(name);
  return { kind: 'qualifier', place: place < 0 ? `${qualifiers.length}-${name}` : String(place) };
}

function number(digits: string): Item {
  return { kind: 'number', digits };
}

/** Items that mean nothing are left out at the end, and before the list that ends it; a list of one list is that list. */
function toList(items: readonly Item[]): MavenVersion {
  const kept = [...items];
  for (let index = kept.length - 1; index >= 0; index--) {
    const item = kept[index] as Item;
    if (isNothing(item)) kept.splice(index, 1);
    else if (item.kind !== 'list') break;
  }
  const [only] = kept;
  return kept.length === 1 && only?.kind === 'list' ? only : { kind: 'list', items: kept };
}

function isNothing(item: Item): boolean {
  switch (item.kind) {
    case 'number':
      return compareDigits(item.digits, '') === 0;
    case 'qualifier':
      return item.place === release;
    case 'list':
      return item.items.length === 0;
    default:
      return item satisfies never;
  }
}

/** From low to high where kinds differ. */
const kinds: readonly Item['kind'][] = ['qualifier', 'list', 'number'];

/** Against nothing, a number is compared to 0, a qualifier to the release, a list item by item. */
function compareItems(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined) return 0;
  if (b === undefined) return compareToNothing(a);
  if (a.kind === 'number' && b.kind === 'number') return compareDigits(a.digits, b.digits);
  if (a.kind === 'qualifier' && b.kind === 'qualifier') return compareText(a.place, b.place);
  if (a.kind === 'list' && b.kind === 'list') return compareMaven(a, b);
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
}

function compareToNothing(item: Item): number {
  if (item.kind === 'number') return compareDigits(item.digits, '');
  if (item.kind === 'qualifier') return compareText(item.place, release);
  for (const inner of item.items) {
    const order = compareToNothing(inner);
    if (order !== 0) return order;
  }
  return 0;
}
