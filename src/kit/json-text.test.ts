import { expect, test } from 'vitest';
import { toJsonText } from './json-text.ts';

test('reads back as the same value', () => {
  const value = { text: '</script>&\u009b\u202e\u2028\u007f"\\\n', list: [1, null, true], nested: { 'k<': 'v' } };
  expect(JSON.parse(toJsonText(value))).toEqual(value);
});

test('what ends a script element or acts on a terminal is written as an escape', () => {
  expect(toJsonText('</script>\u001b\u007f\u009b\u202e\u2028')).toBe(
    '"\\u003c/script\\u003e\\u001b\\u007f\\u009b\\u202e\\u2028"\n',
  );
});

test('half of a surrogate pair becomes the replacement character, in keys and values', () => {
  const value = { a: ['x\ud800'], 'k\udfff': { b: '\ud83d' }, whole: '😀', none: null, number: 3 };
  expect(JSON.parse(toJsonText(value))).toEqual({
    a: ['x\ufffd'],
    'k\ufffd': { b: '\ufffd' },
    whole: '😀',
    none: null,
    number: 3,
  });
});

test('text that only looks like half of a surrogate pair is kept', () => {
  expect(JSON.parse(toJsonText({ a: '\\ud800' }))).toEqual({ a: '\\ud800' });
});
