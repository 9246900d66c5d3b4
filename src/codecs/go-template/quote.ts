const named: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** What Go calls printable (strconv.IsPrint): letters, marks, numbers, punctuation, symbols and the plain space. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Text between quotes, with Go's escapes (strconv.Quote); `ascii` escapes every other character too. */
export function quote(text: string, mark: '"' | "'" = '"', ascii = false): string {
  let quoted = mark;
  for (const char of text.toWellFormed()) quoted += char === mark ? `\\${mark}` : escapeCharacter(char, ascii);
  return quoted + mark;
}

function escapeCharacter(char: string, ascii: boolean): string {
  const code = char.codePointAt(0) ?? 0;
  if (named[char] !== undefined) return named[char];
  if (printable.test(char) && (!ascii || code < 0x80)) return char;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
