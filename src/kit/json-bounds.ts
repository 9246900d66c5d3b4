const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** `{` and `[`, `}` and `]` differ from each other by this bit alone. */
const opening = 0x5b;
const closing = 0x5d;
const curly = 0x20;

export interface JsonBounds {
  /** Objects and lists within each other. */
  readonly depth: number;
  /** Values in all; a value takes far more memory than its text. */
  readonly values: number;
}

/** Which bound a JSON text breaks, found without building anything; undefined when it keeps all. */
export function findJsonExcess(text: string, { depth, values }: JsonBounds): keyof JsonBounds | undefined {
  let open = 0;
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) at = endOfString(text, at + 1);
    else if (char === comma) count++;
    else if ((char & ~curly) === opening) {
      count++;
      if (++open > depth) return 'depth';
    } else if ((char & ~curly) === closing) open--;
    if (count > values) return 'values';
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before--;
  return (at - before) % 2 === 0;
}
