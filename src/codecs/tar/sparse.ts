import type { TarSink } from './entry.ts';
import { invalid, number } from './header.ts';
import { lastValue, type PaxRecords, parseDecimal } from './pax.ts';

interface SparseChunk {
  readonly offset: number;
  readonly length: number;
}

/** The stretches of a sparse file that the archive holds, in order (GNU tar manual, "Storing Sparse Files"). */
export interface SparseMap {
  readonly chunks: readonly SparseChunk[];
  /** Size of the file once expanded. */
  readonly size: number;
}

const maxChunks = 65_536;
const maxDigits = 32;
const zeros = Buffer.alloc(65_536);

/** The entries of an old GNU header (`S`) or one of its extension blocks. */
export function readGnuChunks(block: Buffer, start: number, count: number, offset: number): SparseChunk[] {
  const chunks: { offset: number; length: number }[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + index * 24;
    if (block[at] === 0) break;
    chunks.push({ offset: number(block, at, at + 12, offset), length: number(block, at + 12, at + 24, offset) });
  }
  return chunks;
}

/** Which pax sparse format an entry uses: `list` for 0.0 and 0.1, `data` for 1.0; undefined when it is not sparse. */
export function sparseFormat(records: PaxRecords): 'list' | 'data' | undefined {
  const version = `${lastValue(records, 'GNU.sparse.major') ?? ''}.${lastValue(records, 'GNU.sparse.minor') ?? ''}`;
  if (version === '1.0') return 'data';
  if (version === '0.0' || version === '0.1') return 'list';
  const hasMap = records.some(([key]) => key === 'GNU.sparse.map' || key === 'GNU.sparse.offset');
  return version === '.' && hasMap ? 'list' : undefined;
}

/** Size of the expanded file, under either of its two names. */
export function sparseSize(records: PaxRecords, offset: number): number {
  const stated = lastValue(records, 'GNU.sparse.size') ?? lastValue(records, 'GNU.sparse.realsize') ?? '';
  const size = parseDecimal(stated);
  if (size === undefined) throw invalid(offset, 'a sparse file has no valid size');
  return size;
}

/** The map that pax records state: format 0.1's list or 0.0's repeated keywords. */
export function mapFromPax(records: PaxRecords, offset: number): SparseMap {
  const list = lastValue(records, 'GNU.sparse.map')?.split(',') ?? repeated(records);
  return { chunks: toChunks(list.map(parseDecimal), offset), size: sparseSize(records, offset) };
}

/** Reads the map at the start of the data (format 1.0) block by block: a count, then offsets and lengths, a line each. */
export class SparseMapReader {
  readonly #offset: number;
  readonly #numbers: number[] = [];
  #partial = '';

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Takes one block; the chunks once the last number has come. @throws CODEC_TAR_INVALID */
  push(block: Buffer): SparseMap['chunks'] | undefined {
    const lines = (this.#partial + block.toString('latin1')).split('\n');
    this.#partial = lines.pop() ?? '';
    for (const line of lines) {
      this.#take(line);
      if (this.#numbers.length === this.#wanted()) return toChunks(this.#numbers.slice(1), this.#offset);
    }
    if (this.#partial.length > maxDigits) throw invalid(this.#offset, 'a sparse map is malformed');
    return undefined;
  }

  #take(line: string): void {
    const value = parseDecimal(line);
    if (value === undefined) throw invalid(this.#offset, 'a sparse map is malformed');
    if (this.#numbers.length === 0 && value > maxChunks) {
      throw invalid(this.#offset, 'a sparse map has too many entries');
    }
    this.#numbers.push(value);
  }

  #wanted(): number {
    return 1 + (this.#numbers[0] as number) * 2;
  }
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

function toChunks(numbers: readonly (number | undefined)[], offset: number): SparseMap['chunks'] {
  if (numbers.length % 2 !== 0 || numbers.length > maxChunks * 2 || numbers.includes(undefined)) {
    throw invalid(offset, 'a sparse map is malformed');
  }
  const chunks: { offset: number; length: number }[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    chunks.push({ offset: numbers[index] as number, length: numbers[index + 1] as number });
  }
  return chunks;
}
