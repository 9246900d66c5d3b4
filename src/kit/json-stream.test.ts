import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonList, JsonObject, streamJson } from './json-stream.ts';
import { toJsonText } from './json-text.ts';

function text(value: unknown): string {
  return [...streamJson(value)].join('');
}

/** The same value with every object and list streamed. */
function streamed(value: unknown): unknown {
  if (Array.isArray(value)) return new JsonList(value.map(streamed));
  if (typeof value !== 'object' || value === null) return value;
  return new JsonObject(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, streamed(item)])));
}

test('a streamed value is written as a whole one', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(text(streamed(value))).toBe(toJsonText(value));
      expect(text(value)).toBe(toJsonText(value));
    }),
  );
});

test('members that are undefined are left out, and what is whole stands inside of what is streamed', () => {
  const value = { a: undefined, b: [{ c: 1 }], d: '\u001b<' };
  expect(text(new JsonObject(value))).toBe(toJsonText(value));
});

test('items are made while they are written', () => {
  let made = 0;
  const items = (function* () {
    for (;;) yield made++;
  })();
  const pieces = streamJson(new JsonList(items));
  for (let index = 0; index < 20; index++) pieces.next();
  expect(made).toBeLessThan(20);
});
