import { toJsonText } from './json-text.ts';

/** A list whose items are made while it is written, so that they need not all be there at once. */
export class JsonList {
  readonly items: Iterable<unknown>;

  constructor(items: Iterable<unknown>) {
    this.items = items;
  }
}

/** An object that holds lists which are made while they are written. */
export class JsonObject {
  readonly members: Readonly<Record<string, unknown>>;

  constructor(members: Readonly<Record<string, unknown>>) {
    this.members = members;
  }
}

/** The same text as `toJsonText` gives, in pieces; members that are undefined are left out. */
export function* streamJson(value: unknown): Generator<string, void, undefined> {
  yield* piecesOf(value, '');
  yield '\n';
}

function* piecesOf(value: unknown, indent: string): Generator<string, void, undefined> {
  if (value instanceof JsonList) yield* bracket('[', value.items, ']', indent);
  else if (value instanceof JsonObject)
    yield* bracket('{', Object.entries(value.members).filter(isPresent), '}', indent);
  else yield wholeText(value, indent);
}

function isPresent([, value]: [string, unknown]): boolean {
  return value !== undefined;
}

function* bracket(
  open: '[' | '{',
  parts: Iterable<unknown>,
  close: string,
  indent: string,
): Generator<string, void, undefined> {
  const deeper = `${indent}  `;
  let before = `${open}\n${deeper}`;
  for (const part of parts) {
    yield before;
    before = `,\n${deeper}`;
    if (open === '[') yield* piecesOf(part, deeper);
    else {
      const [key, value] = part as [string, unknown];
      yield `${wholeText(key, '')}: `;
      yield* piecesOf(value, deeper);
    }
  }
  yield before.startsWith(open) ? `${open}${close}` : `\n${indent}${close}`;
}

/** Line breaks inside of strings are escaped, so that each one in the text begins a line. */
function wholeText(value: unknown, indent: string): string {
  const text = toJsonText(value).slice(0, -1);
  return indent === '' ? text : text.replaceAll('\n', `\n${indent}`);
}
