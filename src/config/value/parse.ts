import type { AppError, Choice, NumberOption, OptionMap, OptionSpec } from '../../core/index.ts';
import { nearest } from '../../kit/nearest.ts';
import { configError } from '../errors.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { formatSize, parseSize } from './size.ts';

/** A value as options have it. */
export type Value = string | number | boolean | readonly string[] | OptionMap;

/** Reads what a flag or variable says, in the order it was said: lists join, of anything else the last counts. @throws CONFIG_VALUE_INVALID */
export function parseTexts(spec: OptionSpec, texts: readonly string[], where: string): Value {
  if (spec.kind === 'map') return parsePairs(spec, texts.flatMap(splitList), where);
  if (spec.kind === 'list') {
    const items = spec.verbatim === true ? texts : texts.flatMap(splitList);
    return items.map((item) => choose(spec, item, where));
  }
  return parseText(spec, texts.at(-1) ?? '', where);
}

/** Reads a value of a configuration file: a scalar, a list of scalars, or a map of those. @throws CONFIG_VALUE_INVALID */
export function parsePlain(spec: OptionSpec, value: unknown, where: string): Value {
  if (spec.kind === 'map') return parseMap(spec, value, where);
  if (spec.kind === 'list' && Array.isArray(value)) {
    // A single item with commas is a list that was written as a text.
    const texts = value.map((item: unknown) => toText(spec, item, where));
    return spec.allowed === undefined ? texts : parseTexts(spec, texts, where);
  }
  if (typeof value === 'number' && isNumber(spec) && spec.kind !== 'duration') {
    if (Number.isSafeInteger(value)) return bounded(spec, value, where);
    throw invalid(spec, where, value, expected[spec.kind]);
  }
  if (spec.kind === 'boolean' && typeof value === 'boolean') return value;
  return parseTexts(spec, [toText(spec, value, where)], where);
}

function parseText(spec: OptionSpec, text: string, where: string): Value {
  switch (spec.kind) {
    case 'boolean':
      return parseBoolean(text) ?? fail(spec, where, text);
    case 'text':
      return choose(spec, text, where);
    case 'path':
      return text === '' ? fail(spec, where, text) : text;
    case 'integer':
      return bounded(spec, /^\d{1,15}$/.test(text) ? Number(text) : fail(spec, where, text), where);
    case 'duration':
      return bounded(spec, parseDuration(text) ?? fail(spec, where, text), where);
    case 'size':
      return bounded(spec, parseSize(text) ?? fail(spec, where, text), where);
    default:
      return fail(spec, where, text);
  }
}

const expected: Readonly<Record<OptionSpec['kind'], string>> = {
  boolean: 'true or false',
  text: 'a text',
  path: 'a path',
  integer: 'a whole number',
  duration: 'a duration such as 90s, 5m or 1h30m',
  size: 'a size such as 500MB or 64MiB',
  list: 'a list of texts',
  map: 'a map of names to lists of texts',
};

function parseBoolean(text: string): boolean | undefined {
  if (/^(?:1|t|true)$/i.test(text)) return true;
  return /^(?:0|f|false)$/i.test(text) ? false : undefined;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The accepted word that `text` spells, in any case. */
function choose(spec: OptionSpec & Choice<string>, text: string, where: string): string {
  if (spec.allowed === undefined) return text;
  const wanted = text.toLowerCase();
  const found = spec.allowed.find((word) => word.toLowerCase() === wanted) ?? spec.spellings?.[wanted];
  if (found !== undefined) return found;
  const byLowerCase = new Map(spec.allowed.map((word) => [word.toLowerCase(), word]));
  const near = byLowerCase.get(nearest(wanted, byLowerCase.keys()) ?? '');
  const words = spec.allowed.join(', ');
  throw configError('CONFIG_VALUE_INVALID', {
    data: {
      where,
      found: show(spec, text),
      expected: `one of ${words}`,
      advice: near === undefined ? `Write one of ${words}.` : `Did you mean ${near}?`,
    },
  });
}

function isNumber(spec: OptionSpec): spec is NumberOption {
  return spec.kind === 'integer' || spec.kind === 'duration' || spec.kind === 'size';
}

function bounded(spec: NumberOption, value: number, where: string): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = spec;
  if (value >= minimum && value <= maximum) return value;
  const show = { integer: String, duration: formatDuration, size: formatSize }[spec.kind];
  const upper = spec.maximum === undefined ? 'or more' : `to ${show(maximum)}`;
  throw invalid(spec, where, value, `${show(minimum)} ${upper}`);
}

function toText(spec: OptionSpec, value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw invalid(spec, where, value, spec.kind === 'list' ? 'a text' : expected[spec.kind]);
}

function parseMap(spec: OptionSpec, value: unknown, where: string): OptionMap {
  if (!(value instanceof Map)) throw invalid(spec, where, value, expected.map);
  return Object.fromEntries(
    [...value].map(([name, item]: [unknown, unknown]) => [
      String(name),
      (Array.isArray(item) ? item : [item]).map((text: unknown) => toText(spec, text, `${where}, ${String(name)}`)),
    ]),
  );
}

function parsePairs(spec: OptionSpec, pairs: readonly string[], where: string): OptionMap {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw invalid(spec, where, pair, 'NAME=VALUE');
    const name = pair.slice(0, at);
    values.set(name, [...(values.get(name) ?? []), pair.slice(at + 1)]);
  }
  return Object.fromEntries(values);
}

function fail(spec: OptionSpec, where: string, text: string): never {
  throw invalid(spec, where, text, expected[spec.kind]);
}

function invalid(spec: OptionSpec, where: string, value: unknown, wanted: string): AppError {
  const advice =
    typeof value === 'number' && spec.kind !== 'integer' ? `Write ${wanted}, in quotes.` : `Write ${wanted}.`;
  return configError('CONFIG_VALUE_INVALID', { data: { where, found: show(spec, value), expected: wanted, advice } });
}

/** Values are quoted, long ones cut, secret ones never shown. */
function show(spec: OptionSpec, value: unknown): string {
  if (spec.secret) return 'the value';
  if (value instanceof Map) return 'a map';
  if (Array.isArray(value)) return 'a list';
  return `"${String(value).slice(0, 80)}"`;
}
