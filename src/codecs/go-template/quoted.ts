import { type Source, syntaxError } from './position.ts';
import type { Value } from './value.ts';

interface Quoted {
  readonly value: Value;
  readonly end: number;
}

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Digits of the numeric escapes, by the character behind the backslash. */
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a string or, between apostrophes, a character, which is an integer. @throws CODEC_TEMPLATE_INVALID */
export function readQuoted(source: Source, start: number): Quoted {
  const quote = source.text[start] ?? '';
  if (quote === '`') return readRaw(source, start);
  let text = '';
  let at = start + 1;
  for (;;) {
    const char = source.text[at];
    if (char === undefined || char === '\n') throw syntaxError(source, start, 'the quoted string does not end');
    if (char === quote) break;
    const end = char === '\\' ? escapeEnd(source, at) : at + 1;
    text += char === '\\' ? readEscape(source, at, end) : char;
    at = end;
  }
  return { value: quote === '"' ? text : toCharacter(source, start, text), end: at + 1 };
}

function readRaw(source: Source, start: number): Quoted {
  const end = source.text.indexOf('`', start + 1);
  if (end < 0) throw syntaxError(source, start, 'the raw string does not end');
  return { value: source.text.slice(start + 1, end).replaceAll('\r', ''), end: end + 1 };
}

function escapeEnd({ text }: Source, at: number): number {
  const char = text[at + 1] ?? '';
  if (/[0-7]/.test(char)) return at + 4;
  return at + 2 + (digits[char] ?? 0);
}

function readEscape(source: Source, at: number, end: number): string {
  const name = source.text.slice(at + 1, end);
  const char = simple[name];
  if (char !== undefined) return char;
  const isOctal = /^[0-7]{3}$/.test(name);
  const isHex = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})$/.test(name);
  const code = isOctal ? Number.parseInt(name, 8) : Number.parseInt(name.slice(1), 16);
  if ((!isOctal && !isHex) || code > 0x10ffff) throw syntaxError(source, at, 'the escape is not valid');
  return String.fromCodePoint(code);
}

function toCharacter(source: Source, at: number, text: string): bigint {
  const [char, more] = text;
  if (char === undefined || more !== undefined) throw syntaxError(source, at, 'a character is one character');
  return BigInt(char.codePointAt(0) ?? 0);
}
