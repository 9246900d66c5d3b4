import { cutBytes } from '../builtins.ts';
import { type Arguments, atLeast, exactly, type TemplateFunction } from '../function.ts';
import { quote } from '../quote.ts';
import { toTitle } from '../title.ts';
import { compareText, type Value } from '../value.ts';
import { boundedItems, boundedLength } from './bounds.ts';
import { toText, toTexts } from './convert.ts';
import { breakWords, wrapWords } from './wrap.ts';

/** Functions of text; where sprig counts, it counts bytes. */
export const stringFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ['trim', exactly(1, (args) => trimSpace(args.text(0)))],
  ['trimAll', exactly(2, (args) => trimSet(args.text(1), args.text(0)))],
  ['trimall', exactly(2, (args) => trimSet(args.text(1), args.text(0)))],
  ['trimPrefix', exactly(2, (args) => withoutPrefix(args.text(1), args.text(0)))],
  ['trimSuffix', exactly(2, (args) => withoutSuffix(args.text(1), args.text(0)))],
  ['upper', exactly(1, (args) => args.text(0).toUpperCase())],
  ['lower', exactly(1, (args) => args.text(0).toLowerCase())],
  ['toUpper', exactly(1, (args) => args.text(0).toUpperCase())],
  ['toLower', exactly(1, (args) => args.text(0).toLowerCase())],
  ['title', exactly(1, (args) => toTitle(args.text(0)))],
  ['untitle', exactly(1, (args) => args.text(0).replace(/(?<!\S)\S/gu, (char) => char.toLowerCase()))],
  ['swapcase', exactly(1, (args) => args.text(0).replace(/\p{L}/gu, swapCase))],
  ['snakecase', exactly(1, (args) => words(args.text(0)).join('_').toLowerCase())],
  ['kebabcase', exactly(1, (args) => words(args.text(0)).join('-').toLowerCase())],
  [
    'camelcase',
    exactly(1, (args) =>
      args
        .text(0)
        .split(/[\s_-]+/u)
        .map(capitalize)
        .join(''),
    ),
  ],
  ['nospace', exactly(1, (args) => args.text(0).replace(/\s/gu, ''))],
  ['initials', exactly(1, (args) => (args.text(0).match(/(?<!\S)\S/gu) ?? []).join(''))],
  ['abbrev', exactly(2, (args) => abbreviate(args.text(1), args.integer(0)))],
  ['trunc', exactly(2, (args) => truncate(args.text(1), args.integer(0)))],
  ['substr', exactly(3, (args) => substring(args.text(2), args.integer(0), args.integer(1)))],
  ['repeat', exactly(2, (args) => repeat(args.text(1), args.integer(0)))],
  ['contains', exactly(2, (args) => args.text(1).includes(args.text(0)))],
  ['hasPrefix', exactly(2, (args) => args.text(1).startsWith(args.text(0)))],
  ['hasSuffix', exactly(2, (args) => args.text(1).endsWith(args.text(0)))],
  ['replace', exactly(3, replace)],
  [
    'quote',
    atLeast(0, (args) =>
      present(args)
        .map((value) => quote(toText(value)))
        .join(' '),
    ),
  ],
  [
    'squote',
    atLeast(0, (args) =>
      present(args)
        .map((value) => `'${toText(value)}'`)
        .join(' '),
    ),
  ],
  ['cat', atLeast(0, (args) => present(args).map(toText).join(' '))],
  ['indent', exactly(2, (args) => indent(args.text(1), args.integer(0)))],
  ['nindent', exactly(2, (args) => `\n${indent(args.text(1), args.integer(0))}`)],
  ['plural', exactly(3, (args) => (args.integer(2) === 1 ? args.text(0) : args.text(1)))],
  ['wrap', exactly(2, (args) => wrapWords(args.text(1), args.integer(0)))],
  ['wrapWith', exactly(3, (args) => breakWords(args.text(2), args.integer(0), args.text(1)))],
  ['join', exactly(2, (args) => toTexts(args.value(1)).join(args.text(0)))],
  ['split', exactly(2, (args) => numbered(args.text(1).split(args.text(0))))],
  ['splitn', exactly(3, (args) => numbered(splitAtMost(args.text(2), args.text(0), args.integer(1))))],
  ['splitList', exactly(2, (args) => args.text(1).split(args.text(0)))],
  ['sortAlpha', exactly(1, (args) => toTexts(args.value(0)).sort(compareText))],
];

function present(args: Arguments): readonly Value[] {
  return args.values.filter((value) => value !== undefined);
}

function trimSpace(text: string): string {
  return text.replace(/^\s+/u, '').trimEnd();
}

function trimSet(text: string, set: string): string {
  const chars = [...text];
  const isKept = (char: string): boolean => !set.includes(char);
  const start = chars.findIndex(isKept);
  return start < 0 ? '' : chars.slice(start, chars.findLastIndex(isKept) + 1).join('');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function swapCase(char: string): string {
  return char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase();
}

/** The words of a name, apart at capitals, spaces, hyphens and underscores. */
function words(text: string): string[] {
  return text.match(/\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?\p{Ll}+\p{N}*|\p{N}+/gu) ?? [];
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

function abbreviate(text: string, width: number): string {
  if (width < 4 || Buffer.byteLength(text) <= width) return text;
  return `${cutBytes(text, 0, width - 3)}...`;
}

function truncate(text: string, count: number): string {
  const length = Buffer.byteLength(text);
  if (count < 0) return length + count > 0 ? cutBytes(text, length + count, length) : text;
  return length > count ? cutBytes(text, 0, count) : text;
}

function substring(text: string, start: number, end: number): string {
  const length = Buffer.byteLength(text);
  const to = end < 0 || end > length ? length : end;
  return cutBytes(text, Math.max(0, start), to);
}

function repeat(text: string, count: number): string {
  boundedLength(text.length * count);
  return text.repeat(Math.max(0, count));
}

function replace(args: Arguments): string {
  const [old, fresh, text] = [args.text(0), args.text(1), args.text(2)];
  const parts = text.split(old);
  boundedLength(text.length + parts.length * fresh.length);
  return old === '' ? fresh + [...text].map((char) => char + fresh).join('') : parts.join(fresh);
}

function indent(text: string, spaces: number): string {
  const lines = text.split('\n');
  boundedLength(text.length + lines.length * spaces);
  const padding = ' '.repeat(Math.max(0, spaces));
  return padding + lines.join(`\n${padding}`);
}

/** sprig's `split` gives a map with the keys `_0`, `_1` and so on. */
function numbered(parts: readonly string[]): Value {
  boundedItems(parts.length);
  return new Map<string, Value>(parts.map((part, index) => [`_${index}`, part]));
}

function splitAtMost(text: string, separator: string, count: number): string[] {
  const parts = text.split(separator);
  if (count <= 0 || parts.length <= count) return count === 0 ? [] : parts;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}
