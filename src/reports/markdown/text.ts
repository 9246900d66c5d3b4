import { toVisibleLine } from '../../kit/visible-text.ts';

/** What neither Markdown (GFM) nor GitHub's and GitLab's additions to it read anything into. */
const plain = /^[\p{L}\p{M}\p{N} .,:;/()+=%'?"…-]$/u;
const tokens = /:\/\/|www\.|./gisu;
/** Starts of lines that make a list of what follows. */
const listStart = /^(?:[-+]|\d+[.)])(?= |$)/;
const zeroWidthSpace = '&#8203;';

/**
 * Hostile text as text, in one line: what could be markup is written as a character reference, and what would call a person,
 * an issue or a page gets a space without width. Cut where more than `length` characters would be written.
 */
export function toMarkdown(text: string, length: number): string {
  const line = toVisibleLine(text).trim();
  let written = listStart.test(line) ? zeroWidthSpace : '';
  for (const [token] of line.matchAll(tokens)) {
    const next = toSafe(token);
    if (written.length + next.length > length) return `${written}…`;
    written += next;
  }
  return written;
}

function toSafe(token: string): string {
  if (token === '://') return `:${zeroWidthSpace}//`;
  if (plain.test(token)) return token;
  if (token.length > 2) return `${token.slice(0, -1)}${zeroWidthSpace}.`;
  const reference = `&#${token.codePointAt(0) ?? 0xfffd};`;
  return token === '@' || token === '#' ? `${reference}${zeroWidthSpace}` : reference;
}

/** A link where the address is one of the web and not overlong, else only its text. */
export function toLink(text: string, address: string | undefined): string {
  const url = address === undefined || address.length > 300 ? undefined : parseAddress(address);
  return url === undefined ? text : `[${text}](${url})`;
}

function parseAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  return url.href.replace(/[^\w.~:/?#&=%+,;@-]/g, (char) => encodeURIComponent(char).replace(/[!'()*]/g, toPercent));
}

function toPercent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
