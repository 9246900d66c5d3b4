/**
 * Whether the whole text has the pattern: `*` is any run of characters, `?` exactly one, and neither stops at a slash.
 * An empty pattern is an empty text. Takes time in the product of both lengths at most.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [wanted, found] = [Array.from(pattern), Array.from(text)];
  let at = 0;
  let read = 0;
  let star = -1;
  let resume = 0;
  while (read < found.length) {
    if (wanted[at] === '*') {
      star = at++;
      resume = read;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === found[read])) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++resume;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
