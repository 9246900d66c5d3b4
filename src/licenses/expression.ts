import { once } from '../kit/memoize.ts';
import { spdxExceptions } from './exceptions/data.ts';
import { findSpdxIdentifier, normalizeLicense } from './normalize.ts';

/**
 * The SPDX licence expression (spdx-spec, annex D) that metadata states in its own spelling: `GPLv2+ and BSD` becomes
 * `GPL-2.0-or-later AND BSD-3-Clause`. Names of no SPDX licence are what `nameUnknown` makes of them; where that gives
 * nothing there is no expression.
 */
export function toLicenseExpression(
  text: string,
  nameUnknown: (name: string) => string | undefined = () => undefined,
): string | undefined {
  if (text.length > maxLength) return undefined;
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const reader: Reader = { tokens, at: 0, depth: 0, nameUnknown };
  const expression = readAlternatives(reader);
  return reader.at === tokens.length ? expression?.text : undefined;
}

/** Those of whole operating systems have thousands of characters. */
const maxLength = 65_536;
const maxDepth = 50;

interface Reader {
  readonly tokens: readonly string[];
  readonly nameUnknown: (name: string) => string | undefined;
  at: number;
  depth: number;
}

/** A part of an expression, and whether AND must put it into parentheses. */
interface Part {
  readonly text: string;
  readonly isAlternatives: boolean;
}

function readAlternatives(reader: Reader): Part | undefined {
  const parts = readJoined(reader, 'OR', readConjunction);
  if (parts === undefined) return undefined;
  const [only] = parts;
  return parts.length === 1 ? only : { text: parts.map(({ text }) => text).join(' OR '), isAlternatives: true };
}

function readConjunction(reader: Reader): Part | undefined {
  const parts = readJoined(reader, 'AND', readUnit);
  if (parts === undefined) return undefined;
  const [only] = parts;
  if (parts.length === 1) return only;
  return { text: parts.map(parenthesized).join(' AND '), isAlternatives: false };
}

function readJoined(
  reader: Reader,
  operator: string,
  readPart: (reader: Reader) => Part | undefined,
): Part[] | undefined {
  const parts: Part[] = [];
  do {
    const part = readPart(reader);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (accept(reader, operator));
  return parts;
}

function readUnit(reader: Reader): Part | undefined {
  if (!accept(reader, '(')) return readLicense(reader);
  reader.depth += 1;
  const inner = reader.depth > maxDepth ? undefined : readAlternatives(reader);
  reader.depth -= 1;
  return accept(reader, ')') ? inner : undefined;
}

/** A name may have several words; it ends where an operator stands. */
function readLicense(reader: Reader): Part | undefined {
  const license = identify(readWords(reader), reader);
  if (license === undefined) return undefined;
  if (!accept(reader, 'WITH')) return { text: license, isAlternatives: false };
  const words = readWords(reader);
  const exception = exceptions().get(words.toLowerCase());
  const text =
    exception === undefined ? reader.nameUnknown(`${license} WITH ${words}`) : `${license} WITH ${exception}`;
  return text === undefined || words === '' ? undefined : { text, isAlternatives: false };
}

function readWords(reader: Reader): string {
  const start = reader.at;
  while (reader.at < reader.tokens.length && !/^(?:AND|OR|WITH|[()])$/i.test(reader.tokens[reader.at] ?? '')) {
    reader.at += 1;
  }
  return reader.tokens.slice(start, reader.at).join(' ');
}

function accept(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at]?.toUpperCase() !== token) return false;
  reader.at += 1;
  return true;
}

function identify(name: string, { nameUnknown }: Reader): string | undefined {
  if (name === '') return undefined;
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(name)) return name;
  const normal = normalizeLicense(name);
  const bare = normal.endsWith('+') ? normal.slice(0, -1) : normal;
  const known = findSpdxIdentifier(normal) ?? findSpdxIdentifier(bare);
  if (known === undefined) return nameUnknown(name);
  return findSpdxIdentifier(normal) ?? `${known}+`;
}

function parenthesized({ text, isAlternatives }: Part): string {
  return isAlternatives ? `(${text})` : text;
}

const exceptions = once(
  (): ReadonlyMap<string, string> =>
    new Map(
      spdxExceptions
        .trim()
        .split(/\s+/)
        .map((id) => [id.toLowerCase(), id]),
    ),
);
