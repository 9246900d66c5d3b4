import { expect, test } from 'vitest';
import { decodeBase64, ProtoFields, parseBoundedJson } from './proto-json.ts';

test('fields have names in either case, and values in the forms that ProtoJSON allows', () => {
  const fields = new ProtoFields({
    logIndex: '12',
    tree_size: 3,
    rawBytes: '_-8',
    validFor: { start: '2026-01-01T00:00:00Z' },
    list: [{ a: 'x' }],
    hashes: ['AA\n==', 'AQ'],
    none: null,
  });
  expect(fields.integer('logIndex')).toBe(12);
  expect(fields.integer('treeSize')).toBe(3);
  expect(fields.bytes('rawBytes')).toEqual(Buffer.from([0xff, 0xef]));
  expect(fields.fields('validFor')?.time('start')).toEqual(new Date('2026-01-01T00:00:00Z'));
  expect(fields.list('list', 1)[0]?.text('a')).toBe('x');
  expect(fields.bytesList('hashes', 2)).toEqual([Buffer.from([0]), Buffer.from([1])]);
  expect([fields.has('none'), fields.text('other'), fields.list('other', 0)]).toEqual([false, undefined, []]);
});

test.each<[string, (fields: ProtoFields) => unknown]>([
  ['Its field number', (fields) => fields.text('number')],
  ['Its field negative', (fields) => fields.integer('negative')],
  ['Its field large', (fields) => fields.integer('large')],
  ['Its field word', (fields) => fields.bytes('word')],
  ['Its field word', (fields) => fields.time('word')],
  ['Its field word', (fields) => fields.fields('word')],
  ['Its field word', (fields) => fields.list('word', 1)],
  ['Its field list[0]', (fields) => fields.list('list', 2)],
  ['Its field list', (fields) => fields.list('list', 1)],
  ['Its field list[0]', (fields) => fields.bytesList('list', 2)],
  ['Its field other', (fields) => fields.require('other', fields.text('other'))],
  ['Its field number', (fields) => fields.only('negative')],
])('%s is told when it is not as it should be', (what, read) => {
  const fields = new ProtoFields({ number: 1, negative: -1, large: '9223372036854775807', word: 'a b', list: [1, 2] });
  expect(() => read(fields)).toThrowCode('KIT_JSON_INVALID');
  expect(() => read(fields)).toThrow(`${what} is not`);
});

test('what JSON objects inherit is no field', () => {
  const fields = new ProtoFields(JSON.parse('{"__proto__": {"text": "x"}}'));
  expect([fields.raw('text'), fields.raw('constructor')]).toEqual([undefined, undefined]);
});

test.each(['a', 'a===', 'a=b', 'ä', 'ab cd', 'ab\tcd'])('%j is no base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});

test('JSON is bounded in size and depth', () => {
  expect(parseBoundedJson(Buffer.from('[1]'), 3)).toEqual([1]);
  expect(() => parseBoundedJson('[1, 2]', 3)).toThrowCode('KIT_TEXT_TOO_LONG');
  expect(() => parseBoundedJson('[', 3)).toThrowCode('KIT_JSON_INVALID');
  expect(() => parseBoundedJson('['.repeat(100) + ']'.repeat(100), 1000)).toThrowCode('KIT_JSON_INVALID');
  expect(() => new ProtoFields([])).toThrowCode('KIT_JSON_INVALID');
});
