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
  const name = readWords(reader);
  const text = accept(reader, 'WITH') ? identifyWith(name, readWords(reader), reader) : identify(name, reader);
  return text === undefined ? undefined : { text, isAlternatives: false };
}

function identifyWith(name: string, words: string, reader: Reader): string | undefined {
  if (words === '') return undefined;
  const exception = exceptions().get(words.toLowerCase());
  if (exception === undefined) {
    return splitException(normalizeLicense(`${name} WITH ${words}`)) ?? reader.nameUnknown(`${name} WITH ${words}`);
  }
  const license = identify(name, reader);
  return license === undefined ? undefined : `${license} WITH ${exception}`;
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
  const parts = splitException(normal);
  if (parts !== undefined) return parts;
  const bare = normal.endsWith('+') ? normal.slice(0, -1) : normal;
  const known = findSpdxIdentifier(normal) ?? findSpdxIdentifier(bare);
  if (known === undefined) return nameUnknown(name);
  return findSpdxIdentifier(normal) ?? `${known}+`;
}

/** Exceptions that identifiers of old had in their names (spdx.org/licenses, "Deprecated License Identifiers"). */
const namedExceptions: Readonly<Record<string, string>> = {
  'GPL-2.0-with-autoconf': 'Autoconf-exception-2.0',
  'GPL-2.0-with-bison': 'Bison-exception-2.2',
  'GPL-2.0-with-classpath': 'Classpath-exception-2.0',
  'GPL-2.0-with-font': 'Font-exception-2.0',
  'GPL-2.0-with-GCC': 'GCC-exception-2.0',
  'GPL-3.0-with-autoconf': 'Autoconf-exception-3.0',
  'GPL-3.0-with-GCC': 'GCC-exception-3.1',
};

/** `GPL-3.0-with-GCC-exception+` is a licence and an exception, and took no `+` as an identifier. */
function splitException(name: string): string | undefined {
  const [, key = '', version, later] = /^((GPL-[23]\.0)-with-\w+)-exception(\+)?$/.exec(name) ?? [];
  const exception = namedExceptions[key];
  return exception && `${version}-${later === undefined ? 'only' : 'or-later'} WITH ${exception}`;
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
