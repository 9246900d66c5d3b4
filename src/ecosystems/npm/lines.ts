import type { LineRange } from '../../core/index.ts';

/** Lines of the objects that list packages, by the keys that lead to them, joined by `keySeparator`. */
export type ObjectLines = ReadonlyMap<string, LineRange>;

/** Stands between keys; no key of a real lock file has it. */
export const keySeparator = '\0';

/** Lock files nest as deep as packages do. */
const maxDepth = 256;

interface Open {
  /** Keys that lead here; undefined where no package can be. */
  readonly path: string | undefined;
  readonly isObject: boolean;
  readonly line: number;
  key: string;
}

/**
 * Finds where in a valid JSON text the objects lie that stand under `packages` or, at any depth, under
 * `dependencies`.
 */
export function locateObjects(text: string): ObjectLines {
  const lines = new Map<string, LineRange>();
  const stack: Open[] = [];
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case newline:
        line++;
        break;
      case quote:
        at = skipString(text, at, stack.at(-1));
        break;
      case openBrace:
      case openBracket:
        stack.push(openAt(text.charCodeAt(at) === openBrace, line, stack));
        break;
      case closeBrace:
      case closeBracket:
        close(stack.pop(), line, lines);
        break;
      default:
    }
  }
  return lines;
}

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Returns the place of the closing quote; a string before a colon becomes the key of what follows. */
function skipString(text: string, start: number, open: Open | undefined): number {
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
  if (open?.isObject && open.path !== undefined && isBeforeColon(text, end + 1)) {
    open.key = JSON.parse(text.slice(start, end + 1));
  }
  return end;
}

function isBeforeColon(text: string, start: number): boolean {
  let at = start;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === colon;
}

function openAt(isObject: boolean, line: number, stack: readonly Open[]): Open {
  return { path: pathOf(stack), isObject, line, key: '' };
}

/** `packages`, a package; or `dependencies`, a package, `dependencies`, … */
function pathOf(stack: readonly Open[]): string | undefined {
  const parent = stack.at(-1);
  if (parent === undefined) return '';
  if (parent.path === undefined || stack.length > maxDepth) return undefined;
  const isList = stack.length % 2 === 1;
  if (isList && parent.key !== 'dependencies' && !(stack.length === 1 && parent.key === 'packages')) return undefined;
  return parent.path === '' ? parent.key : `${parent.path}${keySeparator}${parent.key}`;
}

function close(open: Open | undefined, line: number, lines: Map<string, LineRange>): void {
  if (open?.isObject && open.path) lines.set(open.path, { start: open.line, end: line });
}
