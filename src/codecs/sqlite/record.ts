import type { SqliteHeader } from './pages.ts';

/** A value as stored; integers beyond 2^53 are bigint, a blob may share memory with the database. */
export type SqliteValue = null | number | bigint | string | Buffer;

/**
 * A variable-length integer: seven bits a byte, high bit for more, all of a ninth byte (section 1.6, "B-tree Pages").
 * Undefined when the bytes end before it does. Values beyond 2^53 lose precision; no length or page is that large.
 */
export function readVarint(
  bytes: Buffer,
  offset: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[offset + index];
    if (byte === undefined) return undefined;
    if (index === 8) return { value: value * 256 + byte, end: offset + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: offset + index + 1 };
  }
  return undefined;
}

/** Decodes a record: a header of serial types, then the values (section 2.1, "Record Format"). Undefined when it is damaged. */
export function decodeRecord(payload: Buffer, encoding: SqliteHeader['encoding']): SqliteValue[] | undefined {
  const size = readVarint(payload, 0);
  if (size === undefined || size.value > payload.length) return undefined;
  const values: SqliteValue[] = [];
  let at = size.end;
  let body = size.value;
  while (at < size.value) {
    const type = readVarint(payload, at);
    const length = type && serialLength(type.value);
    if (type === undefined || length === undefined || body + length > payload.length) return undefined;
    if (values.length === maxColumns) return undefined;
    values.push(decodeValue(payload.subarray(body, body + length), type.value, encoding));
    at = type.end;
    body += length;
  }
  return at === size.value ? values : undefined;
}

/** The most that SQLite itself can be built for (sqlite.org/limits.html). */
const maxColumns = 32_767;
const integerLengths: readonly number[] = [0, 1, 2, 3, 4, 6, 8];

/** Bytes of a value of a serial type; undefined for the types that are reserved. */
function serialLength(type: number): number | undefined {
  if (type <= 6) return integerLengths[type];
  if (type === 7) return 8;
  if (type <= 9) return 0;
  return type <= 11 ? undefined : Math.floor((type - 12) / 2);
}

function decodeValue(bytes: Buffer, type: number, encoding: SqliteHeader['encoding']): SqliteValue {
  if (type === 0) return null;
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  if (type === 6) return narrow(bytes.readBigInt64BE(0));
  if (type === 7) return bytes.readDoubleBE(0);
  if (type <= 9) return type - 8;
  return type % 2 === 0 ? bytes : decodeText(bytes, encoding);
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decodeText(bytes: Buffer, encoding: SqliteHeader['encoding']): string {
  if (encoding !== 'utf16be') return bytes.toString(encoding);
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}
