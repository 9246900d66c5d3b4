import { assertInside, type ByteSource } from '../core/index.ts';

/** A byte source over memory; reads share it. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      assertInside(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A stretch of another source, as a source of its own. @throws CORE_READ_PAST_END when it does not lie inside */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  assertInside(source.size, start, size);
  return {
    size,
    read(offset, length) {
      assertInside(size, offset, length);
      return source.read(start + offset, length);
    },
  };
}
