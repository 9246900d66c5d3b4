/** Compares unsigned decimal numbers of any length without losing precision; an empty text counts as 0. */
export function compareDigits(a: string, b: string): number {
  const left = withoutLeadingZeros(a);
  const right = withoutLeadingZeros(b);
  return left.length - right.length || compareText(left, right);
}

/** Compares by UTF-16 code unit, which for ASCII is byte order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True for the ASCII digits alone. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** True for the ASCII letters alone. */
export function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function withoutLeadingZeros(text: string): string {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) === 0x30) start++;
  return start === 0 ? text : text.slice(start);
}
