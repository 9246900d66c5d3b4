import { codecError } from '../errors.ts';

export const blockSize = 512;

/** The fields of one 512-byte header block (POSIX.1-2017 pax "ustar Interchange Format"). */
export interface RawHeader {
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly size: number;
  /** `typeflag`; NUL, which V7 wrote, is given as `0`. */
  readonly type: string;
  /** True when `typeflag` is NUL. */
  readonly isV7: boolean;
}

const nul = 0;

/** Reads a header block. @throws CODEC_TAR_INVALID */
export function parseHeader(block: Buffer, offset: number): RawHeader {
  assertChecksum(block, offset);
  const name = text(block, 0, 100);
  const typeByte = block[156] as number;
  return {
    name: isUstar(block) ? withPrefix(text(block, 345, 500), name) : name,
    linkName: text(block, 157, 257),
    mode: number(block, 100, 108, offset) & 0o7777,
    size: number(block, 124, 136, offset),
    type: typeByte === nul ? '0' : String.fromCharCode(typeByte),
    isV7: typeByte === nul,
  };
}

/** True for a block of zeros; two of them end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  for (let index = 0; index < blockSize; index += 4) {
    if (block[index] !== 0 || block[index + 1] !== 0 || block[index + 2] !== 0 || block[index + 3] !== 0) return false;
  }
  return true;
}

/** A number field: octal digits, or base-256 when the top bit is set (GNU). Sizes beyond 2^53 are refused. */
export function number(block: Buffer, start: number, end: number, offset: number): number {
  const first = block[start] as number;
  return first & 0x80 ? base256(block, start, end, offset) : octal(block, start, end, offset);
}

export function text(block: Buffer, start: number, end: number): string {
  const stop = block.indexOf(nul, start);
  return block.toString('utf8', start, stop < 0 || stop > end ? end : stop);
}

function withPrefix(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** POSIX magic is `ustar\0`; GNU's `ustar  ` keeps other data where POSIX has the prefix. */
function isUstar(block: Buffer): boolean {
  return block.toString('latin1', 257, 263) === 'ustar\0';
}

/** Leading spaces, digits, then only NULs and spaces. */
function octal(block: Buffer, start: number, end: number, offset: number): number {
  let value = 0;
  let state: 'before' | 'digits' | 'after' = 'before';
  for (let index = start; index < end; index++) {
    const byte = block[index] as number;
    const isDigit = byte >= 0x30 && byte <= 0x37;
    if (isDigit ? state === 'after' : byte !== nul && byte !== 0x20) {
      throw invalid(offset, 'a number field has other characters than octal digits');
    }
    if (isDigit) {
      value = value * 8 + byte - 0x30;
      state = 'digits';
    } else if (state === 'digits') state = 'after';
  }
  return value;
}

function base256(block: Buffer, start: number, end: number, offset: number): number {
  if ((block[start] as number) & 0x40) throw invalid(offset, 'a number field is negative');
  let value = (block[start] as number) & 0x3f;
  for (let index = start + 1; index < end; index++) value = value * 256 + (block[index] as number);
  if (!Number.isSafeInteger(value)) throw invalid(offset, 'a number field is out of range');
  return value;
}

/** The sum of all bytes, the checksum field itself counted as spaces; old writers summed signed bytes. */
function assertChecksum(block: Buffer, offset: number): void {
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < blockSize; index++) {
    const byte = index >= 148 && index < 156 ? 0x20 : (block[index] as number);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const stated = octal(block, 148, 156, offset);
  if (stated !== unsigned && stated !== signed) throw invalid(offset, 'a header checksum does not match');
}

export function invalid(offset: number, reason: string): Error {
  return codecError('CODEC_TAR_INVALID', { data: { offset, reason } });
}
