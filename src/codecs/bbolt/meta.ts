import type { ByteSource } from '../../core/index.ts';
import { invalid, toBuffer } from './page.ts';

/** The state of a database after its last committed transaction. */
export interface BoltMeta {
  readonly pageSize: number;
  /** Page of the root bucket. */
  readonly root: number;
  /** Pages from here on are not in use. */
  readonly highWater: number;
  readonly transaction: bigint;
}

const magic = 0xed0cdaed;
const version = 2;
const pageHeader = 16;
const metaSize = 64;
const checksumOffset = 56;
const pageSizes: readonly number[] = [4096, 8192, 16_384, 32_768, 65_536, 1024, 2048, 512];

/** The newer of the two meta pages that has a valid checksum. @throws CODEC_BOLT_INVALID when neither has */
export function readMeta(source: ByteSource): BoltMeta {
  const first = parseMeta(source, 0);
  const candidates = first === undefined ? pageSizes : [first.pageSize];
  const second = candidates.map((size) => parseMeta(source, size)).find((meta) => meta !== undefined);
  const newest =
    first === undefined || (second !== undefined && second.transaction > first.transaction) ? second : first;
  if (newest === undefined) throw invalid(0, 'neither meta page is valid');
  return newest;
}

function parseMeta(source: ByteSource, offset: number): BoltMeta | undefined {
  if (offset + pageHeader + metaSize > source.size) return undefined;
  const meta = toBuffer(source.read(offset + pageHeader, metaSize));
  if (meta.readUInt32LE(0) !== magic || meta.readUInt32LE(4) !== version) return undefined;
  if (meta.readBigUInt64LE(checksumOffset) !== fnv64a(meta.subarray(0, checksumOffset))) return undefined;
  if (!pageSizes.includes(meta.readUInt32LE(8))) return undefined;
  return {
    pageSize: meta.readUInt32LE(8),
    root: Number(meta.readBigUInt64LE(16)),
    highWater: Number(meta.readBigUInt64LE(40)),
    transaction: meta.readBigUInt64LE(48),
  };
}

function fnv64a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
