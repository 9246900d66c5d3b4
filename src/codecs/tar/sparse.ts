import type { TarSink } from './entry.ts';
import { invalid, number } from './header.ts';
import { lastValue, type PaxRecords } from './pax.ts';

/** The stretches of a sparse file that the archive holds, in order (GNU tar manual, "Storing Sparse Files"). */
export interface SparseMap {
  readonly chunks: readonly { readonly offset: number; readonly length: number }[];
  /** Size of the file once expanded. */
  readonly size: number;
}

const maxChunks = 65_536;
const zeros = Buffer.alloc(65_536);

/** The entries of an old GNU header (`S`) or one of its extension blocks. */
export function readGnuChunks(block: Buffer, start: number, count: number, offset: number): SparseMap['chunks'] {
  const chunks: { offset: number; length: number }[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + index * 24;
    if (block[at] === 0) break;
    chunks.push({ offset: number(block, at, at + 12, offset), length: number(block, at + 12, at + 24, offset) });
  }
  return chunks;
}

/** The map that pax records state: format 0.1's list or 0.0's repeated keywords; undefined when there is none. */
export function mapFromPax(records: PaxRecords, offset: number): SparseMap | undefined {
  const size = lastValue(records, 'GNU.sparse.size');
  if (size === undefined) return undefined;
  const list = lastValue(records, 'GNU.sparse.map')?.split(',') ?? repeated(records);
  return { chunks: toChunks(list.map(Number), offset), size: Number(size) };
}

/** The map at the start of the data (format 1.0), or undefined while `data` does not hold all of it. */
export function mapFromData(
  data: Buffer,
  size: number,
  offset: number,
): { map: SparseMap; length: number } | undefined {
  let position = 0;
  const next = (): number | undefined => {
    const newline = data.indexOf(0x0a, position);
    if (newline < 0) return undefined;
    const value = Number(data.toString('latin1', position, newline));
    position = newline + 1;
    return value;
  };
  const count = next();
  if (count === undefined) return undefined;
  if (!(count >= 0 && count <= maxChunks)) throw invalid(offset, 'a sparse map has too many entries');
  const numbers: number[] = [];
  while (numbers.length < count * 2) {
    const value = next();
    if (value === undefined) return undefined;
    numbers.push(value);
  }
  return { map: { chunks: toChunks(numbers, offset), size }, length: Math.ceil(position / 512) * 512 };
}

/** A sink that turns the packed stretches back into the whole file, holes as zeros. */
export function expandSparse(map: SparseMap, sink: TarSink): TarSink {
  let written = 0;
  let index = 0;
  let left = map.chunks[0]?.length ?? 0;
  const fill = (until: number): void => {
    while (written < until) {
      const hole = zeros.subarray(0, Math.min(zeros.length, until - written));
      sink.write(hole);
      written += hole.length;
    }
  };
  return {
    write(data) {
      let rest = data;
      while (rest.length > 0 && index < map.chunks.length) {
        fill(map.chunks[index]?.offset ?? 0);
        const part = rest.subarray(0, left);
        sink.write(part);
        written += part.length;
        left -= part.length;
        rest = rest.subarray(part.length);
        if (left === 0) left = map.chunks[++index]?.length ?? 0;
      }
    },
    end() {
      fill(map.size);
      sink.end();
    },
  };
}

function repeated(records: PaxRecords): string[] {
  return records
    .filter(([key]) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
    .map(([, value]) => value);
}

function toChunks(numbers: readonly number[], offset: number): SparseMap['chunks'] {
  if (numbers.length % 2 !== 0 || numbers.length > maxChunks * 2 || !numbers.every(isCount)) {
    throw invalid(offset, 'a sparse map is malformed');
  }
  const chunks: { offset: number; length: number }[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    chunks.push({ offset: numbers[index] as number, length: numbers[index + 1] as number });
  }
  return chunks;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
