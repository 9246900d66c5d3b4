import { posix } from 'node:path';
import { blockSize } from './header.ts';

/** What a header block states; what is left out is zero or empty. */
export interface WrittenHeader {
  readonly name: string;
  /** Directories before the name, where they have a field of their own. */
  readonly prefix?: string;
  /** `typeflag` of POSIX.1-2017, for example `0` for a file. */
  readonly type: string;
  readonly size: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Whole seconds since 1970. */
  readonly mtime?: number;
  readonly linkName?: string;
  readonly uname?: string;
  readonly gname?: string;
  readonly devMajor?: number;
  readonly devMinor?: number;
}

/** By their keys, `path` or `SCHILY.xattr.user.a` for example. */
export type PaxRecordMap = ReadonlyMap<string, string>;

const maxName = 100;
const maxPrefix = 155;
const maxSize = 0o77777777777;

/**
 * The blocks before the content of an entry, byte for byte as Go's archive/tar writes them: with records the pax header
 * first, sorted, and then the header with whatever of it fits (POSIX.1-2017 "pax Interchange Format").
 */
export function tarHead(header: WrittenHeader, records: PaxRecordMap = new Map()): Buffer {
  const needed = header.size > maxSize ? new Map([...records, ['size', String(header.size)]]) : records;
  const main = block(header);
  return needed.size === 0 ? main : Buffer.concat([paxBlocks(header.name, needed), main]);
}

/** The zeros behind content of a size. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}

/** The two blocks that end an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * blockSize);

/** A long name in the two fields that ustar has for it; undefined when it does not fit them either. */
export function splitName(name: string): { readonly prefix: string; readonly name: string } | undefined {
  if (name.length <= maxName || !isAscii(name)) return undefined;
  const cut = name.lastIndexOf('/', maxPrefix);
  const rest = name.length - cut - 1;
  return cut <= 0 || rest === 0 || rest > maxName
    ? undefined
    : { prefix: name.slice(0, cut), name: name.slice(cut + 1) };
}

/** True when a header block has room for a number in a field of `width` bytes. */
export function fitsOctal(value: number, width: number): boolean {
  return value >= 0 && value < 8 ** (width - 1);
}

export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length && !text.includes('\0');
}

function paxBlocks(name: string, records: PaxRecordMap): Buffer {
  const keys = [...records.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const data = Buffer.concat(keys.map((key) => paxRecord(key, records.get(key) ?? '')));
  const bytes = Buffer.alloc(blockSize);
  putText(bytes, 0, maxName, toAscii(paxName(name)).slice(0, maxName).replace(/\/+$/, ''));
  putNumbers(bytes, { type: 'x', size: data.length });
  seal(bytes);
  return Buffer.concat([bytes, data, tarPadding(data.length)]);
}

function paxName(name: string): string {
  const slash = name.lastIndexOf('/') + 1;
  return posix.join(name.slice(0, slash), 'PaxHeaders.0', name.slice(slash));
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const body = Buffer.from(` ${key}=${value}\n`);
  let length = body.length + 1;
  while (String(length).length + body.length !== length) length = String(length).length + body.length;
  return Buffer.concat([Buffer.from(String(length)), body]);
}

function block(header: WrittenHeader): Buffer {
  const bytes = Buffer.alloc(blockSize);
  putText(bytes, 0, maxName, toAscii(header.name));
  putNumbers(bytes, header);
  putText(bytes, 157, 100, toAscii(header.linkName ?? ''));
  putText(bytes, 265, 32, toAscii(header.uname ?? ''));
  putText(bytes, 297, 32, toAscii(header.gname ?? ''));
  putOctal(bytes, 329, 8, header.devMajor ?? 0);
  putOctal(bytes, 337, 8, header.devMinor ?? 0);
  putText(bytes, 345, 155, toAscii(header.prefix ?? ''));
  seal(bytes);
  return bytes;
}

function putNumbers(
  bytes: Buffer,
  { type, size, mode = 0, uid = 0, gid = 0, mtime = 0 }: Omit<WrittenHeader, 'name'>,
): void {
  putOctal(bytes, 100, 8, mode);
  putOctal(bytes, 108, 8, uid);
  putOctal(bytes, 116, 8, gid);
  putOctal(bytes, 124, 12, size);
  putOctal(bytes, 136, 12, mtime);
  bytes.write(type, 156, 'latin1');
}

/** Magic and version of ustar, and the sum of all bytes with spaces in place of itself. */
function seal(bytes: Buffer): void {
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.fill(' ', 148, 156);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

/** A name that is cut may not seem to be a directory's. */
function putText(bytes: Buffer, start: number, width: number, text: string): void {
  const cut = text.slice(0, width);
  const isCut = text.length > width && cut.endsWith('/');
  bytes.write(isCut ? cut.replace(/\/+$/, '') : cut, start, 'latin1');
}

/** What has no room is written as zero; a pax record has it. */
function putOctal(bytes: Buffer, start: number, width: number, value: number): void {
  const written = fitsOctal(value, width) ? value : 0;
  bytes.write(`${written.toString(8).padStart(width - 1, '0')}\0`, start, 'latin1');
}

function toAscii(text: string): string {
  return isAscii(text) ? text : [...text].filter(isAscii).join('');
}
