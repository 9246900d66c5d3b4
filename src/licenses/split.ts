import { textMarks, undividedNames } from './data.ts';
import { normalizeLicense } from './normalize.ts';

/** Stands before a licence that metadata gives as a text instead of a name. */
export const licenseTextPrefix = 'text://';

/** Only the first space or underscore of a run begins a match, so that long runs take linear time. */
const separator = /,?(?<![_ ])[_ ]+(?:or|and)[_ ]+|, */;

/**
 * The names in an enumeration such as `GPL-1+ or Artistic, and BSD`; what looks like the text of a licence is one
 * item with `text://` before it. Names come as written: pass them to `normalizeLicense`.
 */
export function splitLicenses(text: string): string[] {
  if (text === '') return [];
  const lower = text.toLowerCase();
  if (textMarks.some((mark) => lower.includes(mark))) return [`${licenseTextPrefix}${text}`];
  const names: string[] = [];
  for (const part of text.split(separator)) {
    const joined = names.length === 0 ? undefined : join(names.at(-1) ?? '', part);
    if (joined === undefined) names.push(part);
    else names[names.length - 1] = joined;
  }
  return names;
}

/** The normalised names in an enumeration by spaces, such as `MPL 2.0 GPL2+` or `MIT AND (ISC OR X11)`. */
export function splitLicenseWords(text: string): string[] {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(versionAnywhere, '$1-$2')
    .split(' ')
    .map(withoutParentheses)
    .filter((word) => word !== '' && word !== 'AND' && word !== 'OR')
    .map(normalizeLicense);
}

const versionAnywhere =
  /([A-UW-Z)])(?: LICENSE)?\s*[,(-]?\s*(?:V|V\.|VER|VER\.|VERSION|VERSION-|-)?\s*([1-9](?:\.\d)*)\)?/gi;

function withoutParentheses(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && isParenthesis(word[start])) start++;
  while (end > start && isParenthesis(word[end - 1])) end--;
  return word.slice(start, end);
}

function isParenthesis(char: string | undefined): boolean {
  return char === '(' || char === ')';
}

/** Puts back together what the separators cut within one name: its version, its "or later", or an "or" of its own. */
function join(before: string, part: string): string | undefined {
  const word = part.toLowerCase().split(' ', 1)[0];
  if (word === 'ver' || word === 'version') return `${before}, ${part}`;
  if (word === 'later') return `${before} or ${part}`;
  return undividedNames.find((name) => name === `${before} or ${part}` || name === `${before} and ${part}`);
}
