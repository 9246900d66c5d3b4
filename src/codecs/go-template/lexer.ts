import { type Source, syntaxError } from './position.ts';
import { readQuoted } from './quoted.ts';
import type { Value } from './value.ts';

export interface Token {
  readonly kind: 'text' | 'open' | 'close' | 'space' | 'word' | 'field' | 'variable' | 'literal' | 'symbol' | 'end';
  /** The text of a word or symbol, the name of a field or variable (with its `$`). */
  readonly text: string;
  readonly value?: Value;
  readonly at: number;
}

const opening = '{{';
const closing = '}}';
const space = /[ \t\r\n]/;
const wordAt = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const numberAt = /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const spaceAt = /[ \t\r\n]+/y;
const symbolAt = /:=|[=|(),.]/y;

/** Splits a template into text and tokens (the grammar of Go's text/template). @throws CODEC_TEMPLATE_INVALID */
export function* readTokens(source: Source): Generator<Token, void, undefined> {
  const { text } = source;
  let at = 0;
  let trimNext = false;
  while (at < text.length) {
    const open = text.indexOf(opening, at);
    const end = open < 0 ? text.length : open;
    const trims = open >= 0 && text[open + 2] === '-' && space.test(text[open + 3] ?? '');
    const piece = trim(text.slice(at, end), trimNext, trims);
    if (piece !== '') yield { kind: 'text', text: piece, at };
    if (open < 0) return;
    const inside = open + (trims ? 3 : 2);
    const comment = commentEnd(source, inside);
    const action = comment ?? (yield* readAction(source, open, inside));
    at = action.at;
    trimNext = action.trims;
  }
}

interface ActionEnd {
  readonly at: number;
  readonly trims: boolean;
}

function trim(text: string, left: boolean, right: boolean): string {
  const start = left ? text.replace(/^[ \t\r\n]+/, '') : text;
  if (!right) return start;
  let end = start.length;
  while (end > 0 && space.test(start[end - 1] ?? '')) end--;
  return start.slice(0, end);
}

/** Where a comment ends, when there is one at `at`. */
function commentEnd(source: Source, at: number): ActionEnd | undefined {
  const { text } = source;
  const start = space.test(text[at] ?? '') && text[at - 1] === '-' ? at + 1 : at;
  if (!text.startsWith('/*', start)) return undefined;
  const end = text.indexOf('*/', start + 2);
  if (end < 0) throw syntaxError(source, start, 'the comment does not end');
  const close = closeAt(text, end + 2);
  if (close === undefined) throw syntaxError(source, start, 'the comment must end right before the closing delimiter');
  return close;
}

/** The end of an action, when it is at `at`. */
function closeAt(text: string, at: number): ActionEnd | undefined {
  if (text.startsWith(closing, at)) return { at: at + 2, trims: false };
  const marker = /[ \t\r\n]+-\}\}/y;
  marker.lastIndex = at;
  return marker.test(text) ? { at: marker.lastIndex, trims: true } : undefined;
}

function* readAction(source: Source, open: number, inside: number): Generator<Token, ActionEnd, undefined> {
  yield { kind: 'open', text: opening, at: open };
  let at = inside;
  for (;;) {
    const close = closeAt(source.text, at);
    if (close !== undefined) {
      yield { kind: 'close', text: closing, at };
      return close;
    }
    if (at >= source.text.length) throw syntaxError(source, open, 'the action does not end');
    const { token, end } = readToken(source, at);
    yield token;
    at = end;
  }
}

interface ReadToken {
  readonly token: Token;
  readonly end: number;
}

function readToken(source: Source, at: number): ReadToken {
  const char = source.text[at] ?? '';
  if (space.test(char)) return matched('space', spaceAt, source, at);
  if (char === '"' || char === '`' || char === "'") {
    const { value, end } = readQuoted(source, at);
    return { token: { kind: 'literal', text: source.text.slice(at, end), value, at }, end };
  }
  if (char === '$') return named('variable', source, at);
  if (char === '.' && startsWord(source.text, at + 1)) return named('field', source, at);
  if (/[0-9]/.test(char) || (/[+.-]/.test(char) && /[0-9.]/.test(source.text[at + 1] ?? ''))) return number(source, at);
  if (startsWord(source.text, at)) return matched('word', wordAt, source, at);
  return matched('symbol', symbolAt, source, at);
}

function startsWord(text: string, at: number): boolean {
  return /[\p{L}_]/u.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function named(kind: 'variable' | 'field', { text }: Source, at: number): ReadToken {
  wordAt.lastIndex = at + 1;
  const end = wordAt.test(text) ? wordAt.lastIndex : at + 1;
  return { token: { kind, text: text.slice(kind === 'field' ? at + 1 : at, end), at }, end };
}

function matched(kind: Token['kind'], pattern: RegExp, source: Source, at: number): ReadToken {
  pattern.lastIndex = at;
  const text = pattern.exec(source.text)?.[0];
  if (text === undefined) {
    throw syntaxError(source, at, `unexpected ${JSON.stringify(source.text.slice(at, at + 1))}`);
  }
  return { token: { kind, text, at }, end: at + text.length };
}

function number(source: Source, at: number): ReadToken {
  const { token, end } = matched('literal', numberAt, source, at);
  if (startsWord(source.text, end)) throw syntaxError(source, at, 'the number is not valid');
  return { token: { ...token, value: parseNumber(source, token) }, end };
}

function parseNumber(source: Source, { text, at }: Token): Value {
  const plain = text.replaceAll('_', '');
  const [, sign, digits = ''] = /^([+-]?)(.*)$/.exec(plain) ?? [];
  const isInteger = /^(?:0[xXbBoO].*|\d+)$/.test(digits);
  if (!isInteger) return Number(plain);
  const octal = /^0\d+$/.test(digits) ? `0o${digits}` : digits;
  if (/^0o.*[89]/.test(octal)) throw syntaxError(source, at, 'the number is not valid');
  const value = BigInt(octal) * (sign === '-' ? -1n : 1n);
  if (BigInt.asIntN(64, value) !== value) throw syntaxError(source, at, 'the integer does not fit 64 bits');
  return value;
}
