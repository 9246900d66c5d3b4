/**
 * Characters that act on a terminal or page instead of being seen: C0 and C1 controls, line and paragraph separators,
 * the marks that turn the direction of text (Unicode UAX #9), and the byte order mark.
 */
const acting = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Makes untrusted text safe to print in one line: acting characters become escapes such as `\x1b`, tabs and breaks a space. */
export function toVisibleLine(text: string): string {
  return toVisible(text.replace(/[\t\n\r]+/g, ' '));
}

/** As `toVisibleLine`, but keeps line breaks. */
export function toVisibleText(text: string): string {
  return text
    .split('\n')
    .map((line) => toVisible(line.replace(/\r$/, '').replaceAll('\t', ' ')))
    .join('\n');
}

function toVisible(text: string): string {
  return text.toWellFormed().replace(acting, toEscape);
}

function toEscape(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
}
