/** What may not stand in JSON text as it is: it ends a script element (`<`, `>`, `&`), or acts on a terminal. */
const unsafe = /[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const loneSurrogate = /\\ud[89a-f]/i;

/**
 * JSON with an indent of two that is valid UTF-8 whatever the strings hold, and safe to print or to embed in a page:
 * unsafe characters are written as `\uXXXX` (RFC 8259 section 7), which reads back as the same.
 */
export function toJsonText(value: unknown): string {
  return `${toSafeJson(value, 2)}\n`;
}

/** As `toJsonText`, in one line without a line break at its end. */
export function toJsonLine(value: unknown): string {
  return toSafeJson(value, 0);
}

function toSafeJson(value: unknown, indent: number): string {
  const text = JSON.stringify(value, undefined, indent);
  const whole = loneSurrogate.test(text) ? JSON.stringify(toWellFormed(value), undefined, indent) : text;
  return whole.replace(unsafe, toEscape);
}

/** Half of a surrogate pair is no character, so that strict readers refuse the whole document. */
function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(toWellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), toWellFormed(item)]));
}

function toEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
