import type { ByteSource } from '../../core/index.ts';
import { codecError } from '../errors.ts';

/** One element of a leaf (a key with its value or bucket) or of a branch (a key with its child page). */
export interface BoltElement {
  readonly key: Buffer;
  /** Value of a leaf element; empty in a branch. */
  readonly value: Buffer;
  readonly isBucket: boolean;
  /** Child page of a branch element. */
  readonly child: number;
}

/** A branch or leaf page, or the inline page of a small bucket. Elements are decoded when they are looked at. */
export interface BoltPage {
  readonly kind: 'branch' | 'leaf';
  readonly count: number;
  key(index: number): Buffer;
  element(index: number): BoltElement;
}

/** A page grows with its largest value; megabytes are already unusual. */
const maxPageBytes = 64 * 2 ** 20;
const headerSize = 16;
const elementSize = 16;
const branchFlag = 0x01;
const leafFlag = 0x02;
const bucketFlag = 0x01;

/** Decodes a page and checks that every element lies inside and keys ascend. @throws CODEC_BOLT_INVALID */
export function parsePage(bytes: Buffer, id: number): BoltPage {
  const flags = bytes.readUInt16LE(8);
  const count = bytes.readUInt16LE(10);
  const kind = flags === branchFlag ? 'branch' : flags === leafFlag ? 'leaf' : undefined;
  if (kind === undefined) throw invalid(id, `page flags ${flags} are those of no data page`);
  if (headerSize + count * elementSize > bytes.length) throw invalid(id, 'the page has more elements than room');
  const page = kind === 'branch' ? branchPage(bytes, count) : leafPage(bytes, count);
  assertOrder(page, id);
  return page;
}

/** Reads page `id` with its overflow pages. @throws CODEC_BOLT_INVALID, CORE_READ_PAST_END */
export function readPage(source: ByteSource, id: number, pageSize: number): Buffer {
  const head = toBuffer(source.read(id * pageSize, headerSize));
  if (Number(head.readBigUInt64LE(0)) !== id) throw invalid(id, 'the page says it is another one');
  const overflow = head.readUInt32LE(12);
  if ((overflow + 1) * pageSize > maxPageBytes) throw invalid(id, 'the page is unreasonably large');
  return toBuffer(source.read(id * pageSize, (overflow + 1) * pageSize));
}

export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function invalid(page: number, reason: string): Error {
  return codecError('CODEC_BOLT_INVALID', { data: { page, reason } });
}

function leafPage(bytes: Buffer, count: number): BoltPage {
  const at = (index: number): { key: number; keyEnd: number; end: number } => {
    const start = headerSize + index * elementSize;
    const key = start + bytes.readUInt32LE(start + 4);
    const keyEnd = key + bytes.readUInt32LE(start + 8);
    return { key, keyEnd, end: keyEnd + bytes.readUInt32LE(start + 12) };
  };
  return {
    kind: 'leaf',
    count,
    key(index) {
      const { key, keyEnd, end } = at(index);
      assertEnd(end, bytes);
      return bytes.subarray(key, keyEnd);
    },
    element(index) {
      const { key, keyEnd, end } = at(index);
      assertEnd(end, bytes);
      const isBucket = (bytes.readUInt32LE(headerSize + index * elementSize) & bucketFlag) !== 0;
      return { key: bytes.subarray(key, keyEnd), value: bytes.subarray(keyEnd, end), isBucket, child: 0 };
    },
  };
}

function branchPage(bytes: Buffer, count: number): BoltPage {
  const keyAt = (index: number): Buffer => {
    const start = headerSize + index * elementSize;
    const key = start + bytes.readUInt32LE(start);
    const end = key + bytes.readUInt32LE(start + 4);
    assertEnd(end, bytes);
    return bytes.subarray(key, end);
  };
  return {
    kind: 'branch',
    count,
    key: keyAt,
    element(index) {
      const child = Number(bytes.readBigUInt64LE(headerSize + index * elementSize + 8));
      return { key: keyAt(index), value: bytes.subarray(0, 0), isBucket: false, child };
    },
  };
}

function assertEnd(end: number, bytes: Buffer): void {
  if (end > bytes.length) throw invalid(-1, 'an element reaches over the end of its page');
}

/** Binary search depends on ascending keys; damage to a key mostly shows here. */
function assertOrder(page: BoltPage, id: number): void {
  for (let index = 1; index < page.count; index++) {
    if (page.key(index - 1).compare(page.key(index)) >= 0) throw invalid(id, 'keys are out of order');
  }
}
