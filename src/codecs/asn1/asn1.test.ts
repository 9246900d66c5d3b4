import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../core/index.ts';
import { childrenOf, derTags, encodeDer, encodeOid, parseDer } from './index.ts';
import { toBitString, toBoolean, toInteger, toOid, toText, toTime } from './read.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const time = (tag: number, text: string): Date => toTime(parseDer(encodeDer(tag, Buffer.from(text))));

test('what is written is read again', () => {
  const long = Buffer.alloc(70_000, 7);
  const node = parseDer(
    encodeDer(derTags.sequence, encodeOid('1.3.6.1.4.1.57264.1.8'), encodeDer(derTags.octetString, long)),
  );
  const [oid, octets] = childrenOf(node);
  expect(oid && toOid(oid)).toBe('1.3.6.1.4.1.57264.1.8');
  expect(octets?.value.equals(long)).toBe(true);
});

test.each([
  ['2.5.29.17', '0603551d11'],
  ['2.999.3', '0603883703'],
  ['0.9.2342', '0603099226'],
])('the identifier %s', (text, bytes) => {
  expect(toOid(parseDer(hex(bytes)))).toBe(text);
  expect(encodeOid(text).toString('hex')).toBe(bytes);
});

test('integers have a sign and any size', () => {
  expect(toInteger(parseDer(hex('020180')))).toBe(-128n);
  expect(toInteger(parseDer(hex('020200ff')))).toBe(255n);
  expect(toBoolean(parseDer(hex('0101ff')))).toBe(true);
  expect(toBitString(parseDer(hex('03020006')))).toEqual(Buffer.from([6]));
  expect(toText(parseDer(hex('0c0161')))).toBe('a');
});

test('times have two or four digits of a year, and fractions', () => {
  expect(time(derTags.utcTime, '491231235959Z').toISOString()).toBe('2049-12-31T23:59:59.000Z');
  expect(time(derTags.utcTime, '500101000000Z').toISOString()).toBe('1950-01-01T00:00:00.000Z');
  expect(time(derTags.generalizedTime, '20260101000000.5Z').toISOString()).toBe('2026-01-01T00:00:00.500Z');
});

test.each([
  ['nothing', ''],
  ['a head alone', '30'],
  ['a long identifier', '1f0100'],
  ['an indefinite length', '30800000'],
  ['a length not the shortest', '308105' + '0000000000'],
  ['a padded length', '30820005' + '0000000000'],
  ['a length past the end', '3005'],
  ['a length cut off', '3084ff'],
  ['bytes behind', '050000'],
])('%s is refused', (_, bytes) => {
  expect(() => parseDer(hex(bytes))).toThrowCode('CODEC_ASN1_INVALID');
});

test.each([
  ['an identifier cut off', () => toOid(parseDer(hex('060188')))],
  ['an identifier too large', () => toOid(parseDer(hex('060affffffffffffffffff7f')))],
  ['an empty integer', () => toInteger(parseDer(hex('0200')))],
  ['a boolean of one', () => toBoolean(parseDer(hex('010101')))],
  ['an empty bit string', () => toBitString(parseDer(hex('0300')))],
  ['another type', () => toText(parseDer(hex('0500')))],
  ['a local time', () => time(derTags.generalizedTime, '20260101000000+0100')],
  ['a month that does not exist', () => time(derTags.utcTime, '261301000000Z')],
  ['too many elements', () => childrenOf(parseDer(encodeDer(0x30, Buffer.alloc(10_000).fill(hex('0500')))))],
])('%s is refused when read', (_, read) => {
  expect(read).toThrowCode('CODEC_ASN1_INVALID');
});

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        for (const child of childrenOf(parseDer(bytes))) toOid(child);
      } catch (error) {
        if (!isAppError(error, 'CODEC_ASN1_INVALID')) throw error;
      }
    }),
  );
});
