import { expect, test } from 'vitest';
import { damagedFiles } from '../../../testkit/damage.ts';
import { buildRpmHeader } from '../../../testkit/rpm.ts';
import { isAppError } from '../../core/index.ts';
import { parseRpmHeader } from './index.ts';

const sound = buildRpmHeader({
  63: Buffer.alloc(16),
  261: Buffer.from('00ff', 'hex'),
  1000: 'näme',
  1003: { int32: [7] },
  1047: { strings: ['a', '', 'c'] },
  1116: { int32: [0, 2 ** 31, 5] },
});

test('values are found by tag', () => {
  const header = parseRpmHeader(sound);
  expect(header.string(1000)).toBe('näme');
  expect(header.strings(1047)).toEqual(['a', '', 'c']);
  expect(header.numbers(1003)).toEqual([7]);
  expect(header.numbers(1116)).toEqual([0, 2 ** 31, 5]);
  expect(header.bytes(261)?.toString('hex')).toBe('00ff');
});

test('absent tags have no value', () => {
  const header = parseRpmHeader(sound);
  expect([header.string(1), header.strings(1), header.numbers(1), header.bytes(1)]).toEqual([
    undefined,
    [],
    [],
    undefined,
  ]);
});

test('integers of 8 and 16 bits', () => {
  const bytes = Buffer.from(sound);
  const entry = 8 + 16 * 3;
  expect(bytes.readUInt32BE(entry)).toBe(1003);
  bytes.writeUInt32BE(3, entry + 4);
  expect(parseRpmHeader(bytes).numbers(1003)).toEqual([0]);
  bytes.writeUInt32BE(2, entry + 4);
  bytes.writeUInt32BE(4, entry + 12);
  expect(parseRpmHeader(bytes).numbers(1003)).toEqual([0, 0, 0, 7]);
});

test('of a tag that comes twice the last counts', () => {
  const bytes = Buffer.from(buildRpmHeader({ 1001: 'package', 1002: 'added' }));
  bytes.writeUInt32BE(1001, 8 + 16);
  expect(parseRpmHeader(bytes).string(1001)).toBe('added');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['too many entries', Buffer.from('0001000000000000', 'hex')],
  ['too much data', Buffer.from('0000000020000000', 'hex')],
  ['a cut', sound.subarray(0, sound.length - 1)],
])('%s is no header', (_, bytes) => {
  expect(() => parseRpmHeader(bytes)).toThrowCode('CODEC_RPM_INVALID');
});

test.each([
  ['a number read as text', () => parseRpmHeader(sound).string(1003)],
  ['text read as numbers', () => parseRpmHeader(sound).numbers(1000)],
  ['text read as bytes', () => parseRpmHeader(sound).bytes(1000)],
  ['strings beyond the end', () => parseRpmHeader(withCount(1047, 1000)).strings(1047)],
  ['numbers beyond the end', () => parseRpmHeader(withCount(1116, 2 ** 32 - 1)).numbers(1116)],
  ['bytes beyond the end', () => parseRpmHeader(withCount(261, 2 ** 31)).bytes(261)],
])('%s is a coded error', (_, read) => {
  expect(read).toThrowCode('CODEC_RPM_INVALID');
});

function withCount(tag: number, count: number): Buffer {
  const bytes = Buffer.from(sound);
  for (let entry = 8; ; entry += 16) {
    if (bytes.readUInt32BE(entry) !== tag) continue;
    bytes.writeUInt32BE(count, entry + 12);
    return bytes;
  }
}

test('damage anywhere gives values or coded errors', () => {
  for (const { damage, bytes } of damagedFiles(sound, 200)) {
    try {
      const header = parseRpmHeader(bytes);
      for (const tag of [261, 1116, 1003])
        if (tag === 261) header.bytes(tag);
        else header.numbers(tag);
      header.strings(1047);
      header.string(1000);
    } catch (error) {
      expect(isAppError(error), `${damage}: ${error}`).toBe(true);
    }
  }
});
