import { typeOf } from './kind.ts';
import { callError } from './position.ts';
import { printValue } from './print.ts';
import { formatExponent, formatFloat } from './print-number.ts';
import { quote } from './quote.ts';
import type { Value } from './value.ts';

/** Columns and digits that a verb may ask for. */
const maxWidth = 1000;

const verbAt = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(.)?/gsu;

interface Verb {
  readonly flags: string;
  readonly width?: number;
  readonly precision?: number;
  readonly verb: string;
}

/** Formats values by the verbs of Go's package fmt; what does not fit a verb is told in the text, as Go does. */
export function printf(format: string, values: readonly Value[]): string {
  let used = 0;
  const text = format.replace(verbAt, (whole, flags: string, width?: string, precision?: string, verb?: string) => {
    if (verb === undefined) return '%!(NOVERB)';
    if (verb === '%') return '%';
    const dotted = whole.slice(1 + flags.length + (width?.length ?? 0)).startsWith('.');
    const take = (digits: string | undefined): number | undefined =>
      digits === '*' ? Number(values[used++] ?? 0) : digits === undefined ? undefined : Number(digits);
    const columns = bounded(take(width));
    const places = dotted ? bounded(take(precision) ?? 0) : undefined;
    if (used >= values.length) return `%!${verb}(MISSING)`;
    const parts = { flags, verb, ...(columns !== undefined && { width: columns }) };
    return formatVerb(values[used++], { ...parts, ...(places !== undefined && { precision: places }) });
  });
  const extra = values.slice(used).map((value) => describe(value));
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}

function bounded(digits: number | undefined): number | undefined {
  if (digits !== undefined && !(Math.abs(digits) <= maxWidth)) throw callError(`a width is over ${maxWidth}`);
  return digits;
}

function describe(value: Value): string {
  return value === undefined ? '<nil>' : `${typeOf(value)}=${printValue(value)}`;
}

function formatVerb(value: Value, verb: Verb): string {
  const text = formatters[verb.verb]?.(value, verb);
  if (text !== undefined) return pad(text, value, verb);
  return value === undefined ? `%!${verb.verb}(<nil>)` : `%!${verb.verb}(${describe(value)})`;
}

function pad(text: string, value: Value, { flags, width = 0 }: Verb): string {
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  if (!flags.includes('0') || !isNumber) return ' '.repeat(missing) + text;
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

type Formatter = (value: Value, verb: Verb) => string | undefined;

const formatters: Readonly<Record<string, Formatter>> = {
  v: (value, verb) => printDefault(value, verb),
  s: (value, verb) => (isScalar(value) ? undefined : cut(printValue(value), verb)),
  q: quoted,
  d: (value, { flags }) => (typeof value === 'bigint' ? signed(String(value), flags) : undefined),
  t: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  T: (value) => typeOf(value),
  b: radix(2, '0b'),
  o: radix(8, '0'),
  x: hex,
  X: (value, verb) => hex(value, verb)?.toUpperCase(),
  c: (value) => (typeof value === 'bigint' ? character(value) : undefined),
  U: (value) => (typeof value === 'bigint' ? `U+${value.toString(16).toUpperCase().padStart(4, '0')}` : undefined),
  e: (value, { flags, precision = 6 }) => float(value, flags, (number) => scientific(number, precision)),
  f: (value, { flags, precision = 6 }) => float(value, flags, (number) => number.toFixed(Math.min(precision, 100))),
  F: (value, { flags, precision = 6 }) => float(value, flags, (number) => number.toFixed(Math.min(precision, 100))),
  g: (value, { flags, precision }) =>
    float(value, flags, (number) => formatFloat(precision === undefined ? number : rounded(number, precision))),
};

function isScalar(value: Value): boolean {
  return value === undefined || ['bigint', 'number', 'boolean'].includes(typeof value);
}

function printDefault(value: Value, { flags, verb, ...rest }: Verb): string {
  if (flags.includes('#')) return typeof value === 'string' ? quote(value) : printValue(value, { names: true });
  const text = printValue(value, { names: flags.includes('+') });
  return typeof value === 'string' ? cut(text, { flags, verb, ...rest }) : text;
}

function cut(text: string, { precision }: Verb): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function quoted(value: Value, verb: Verb): string | undefined {
  const ascii = verb.flags.includes('+');
  if (typeof value === 'string') return quote(cut(value, verb), '"', ascii);
  if (typeof value === 'bigint') return quote(character(value), "'", ascii);
  if (!Array.isArray(value)) return undefined;
  return `[${value.map((item) => formatVerb(item, { ...verb, width: 0 })).join(' ')}]`;
}

function character(value: bigint): string {
  const isCharacter = value >= 0n && value <= 0x10ffffn;
  return isCharacter ? String.fromCodePoint(Number(value)).toWellFormed() : '\ufffd';
}

function signed(text: string, flags: string): string {
  if (text.startsWith('-')) return text;
  if (flags.includes('+')) return `+${text}`;
  return flags.includes(' ') ? ` ${text}` : text;
}

function radix(base: number, prefix: string): Formatter {
  return (value, { flags }) => {
    if (typeof value !== 'bigint') return undefined;
    const digits = (value < 0n ? -value : value).toString(base);
    return signed(`${value < 0n ? '-' : ''}${flags.includes('#') ? prefix : ''}${digits}`, flags);
  };
}

function hex(value: Value, verb: Verb): string | undefined {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  return radix(16, '0x')(value, verb);
}

function float(value: Value, flags: string, format: (value: number) => string): string | undefined {
  if (typeof value !== 'number') return undefined;
  return signed(Number.isFinite(value) ? format(value) : formatFloat(value), flags);
}

function scientific(value: number, precision: number): string {
  const [digits, exponent] = value.toExponential(Math.min(precision, 100)).split('e');
  return `${digits}e${formatExponent(Number(exponent))}`;
}

function rounded(value: number, precision: number): number {
  return Number(value.toPrecision(Math.min(Math.max(precision, 1), 100)));
}
