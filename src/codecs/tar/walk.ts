import { codecError } from '../errors.ts';
import {
  defaultTarLimits,
  type RawEntry,
  type TarEntry,
  type TarEntryType,
  type TarLimits,
  type TarSink,
  type TarVisitor,
} from './entry.ts';
import { blockSize, invalid, isZeroBlock, number, parseHeader, type RawHeader, text } from './header.ts';
import { lastValue, type PaxRecords, parseDecimal, parsePax } from './pax.ts';
import {
  expandSparse,
  mapFromPax,
  readGnuChunks,
  type SparseMap,
  SparseMapReader,
  sparseFormat,
  sparseSize,
} from './sparse.ts';

type Step =
  | { readonly kind: 'header' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'content'; readonly sink: TarSink }
  | { readonly kind: 'collect'; readonly parts: Buffer[]; readonly done: (data: Buffer) => Step };

const header: Step = { kind: 'header' };
const skip: Step = { kind: 'skip' };

/**
 * Walks a tar stream pushed in pieces of any size. Understands ustar, pax, GNU long names and GNU sparse files
 * (all four layouts); content nobody asked for is never copied.
 */
export class TarWalker {
  readonly #visit: TarVisitor;
  readonly #limits: TarLimits;
  #step: Step = header;
  /** Bytes of the current entry that are still to come, without padding. */
  #left = 0;
  #padding = 0;
  #partial: Buffer = Buffer.alloc(0);
  #offset = 0;
  #entries = 0;
  /** Zero blocks seen; two end an archive. */
  #zeros = 0;
  #pax: PaxRecords = [];
  #longName: string | undefined;
  #longLink: string | undefined;

  constructor(visit: TarVisitor, limits: TarLimits = defaultTarLimits) {
    this.#visit = visit;
    this.#limits = limits;
  }

  /** @throws CODEC_TAR_INVALID, CODEC_LIMIT */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && this.#zeros < 2) {
      const taken = this.#step.kind === 'header' ? this.#takeHeader(rest) : this.#takeData(rest);
      this.#offset += taken;
      rest = rest.subarray(taken);
    }
  }

  /** Bytes from here on that nobody wants: they may be passed over with `skip` instead of being pushed. */
  get skippable(): number {
    if (this.#step.kind === 'skip') return this.#left + this.#padding;
    return this.#step.kind === 'header' ? this.#padding : 0;
  }

  /** Passes over all `skippable` bytes; for readers that can seek. */
  skip(): void {
    this.#offset += this.skippable;
    this.#left = 0;
    this.#padding = 0;
    this.#step = header;
  }

  /** True once the end-of-archive mark was read; what follows is no part of the archive. */
  get ended(): boolean {
    return this.#zeros === 2;
  }

  /** To be called after the last piece. @throws CODEC_TRUNCATED when an entry is cut short */
  finish(): void {
    if (this.#zeros === 2 || (this.#step.kind === 'header' && this.#partial.length === 0 && this.#padding === 0))
      return;
    const wanted = this.#offset + this.#left + this.#padding;
    throw codecError('CODEC_TRUNCATED', { data: { format: 'tar', size: this.#offset, wanted } });
  }

  #takeHeader(data: Buffer): number {
    if (this.#padding > 0) {
      const taken = Math.min(this.#padding, data.length);
      this.#padding -= taken;
      return taken;
    }
    const missing = blockSize - this.#partial.length;
    if (data.length < missing) {
      this.#partial = Buffer.concat([this.#partial, data]);
      return data.length;
    }
    const block =
      this.#partial.length === 0
        ? data.subarray(0, blockSize)
        : Buffer.concat([this.#partial, data.subarray(0, missing)]);
    this.#partial = Buffer.alloc(0);
    this.#begin(block);
    return missing;
  }

  #takeData(data: Buffer): number {
    const part = data.length <= this.#left ? data : data.subarray(0, this.#left);
    if (this.#step.kind === 'content') this.#step.sink.write(part);
    else if (this.#step.kind === 'collect') this.#step.parts.push(Buffer.from(part));
    this.#left -= part.length;
    if (this.#left === 0) this.#endData();
    return part.length;
  }

  #endData(): void {
    const step = this.#step;
    this.#step = header;
    if (step.kind === 'content') step.sink.end();
    else if (step.kind === 'collect') this.#step = step.done(Buffer.concat(step.parts));
  }

  #begin(block: Buffer): void {
    if (isZeroBlock(block)) {
      this.#zeros++;
      return;
    }
    // Readers differ in what they make of entries behind a single zero block, so that some would not see them.
    if (this.#zeros > 0) throw invalid(this.#offset, 'entries follow a block of zeros');
    const raw = parseHeader(block, this.#offset);
    if (++this.#entries > this.#limits.maxEntries) throw limit(`${this.#limits.maxEntries} tar entries`);
    switch (raw.type) {
      case 'x':
        return this.#collect(raw.size, (data) => this.#keep(() => (this.#pax = parsePax(data, this.#offset))));
      case 'g':
        // Go's reader, which every container runtime unpacks with, applies no global record to entries; so must this.
        return this.#collect(raw.size, (data) => this.#keep(() => void parsePax(data, this.#offset)));
      case 'L':
        return this.#collect(raw.size, (data) => this.#keep(() => (this.#longName = text(data, 0, data.length))));
      case 'K':
        return this.#collect(raw.size, (data) => this.#keep(() => (this.#longLink = text(data, 0, data.length))));
      default:
        return this.#beginEntry(raw, block);
    }
  }

  #keep(store: () => void): Step {
    store();
    return header;
  }

  #collect(size: number, done: (data: Buffer) => Step): void {
    if (size > this.#limits.maxMetadata) throw limit(`${this.#limits.maxMetadata} bytes in one tar extended header`);
    this.#expect(size, { kind: 'collect', parts: [], done });
  }

  /** Precedence of names as in Go's reader: sparse name, GNU long name, pax path, header. */
  #beginEntry(raw: RawHeader, block: Buffer): void {
    const pax = this.#pax;
    const sparse = pax.length === 0 ? undefined : sparseFormat(pax);
    const sparseName = sparse === undefined ? undefined : lastValue(pax, 'GNU.sparse.name');
    const path = sparseName ?? this.#longName ?? lastValue(pax, 'path') ?? raw.name;
    const entry: TarEntry = {
      path,
      type: entryType(raw, path),
      size: 0,
      mode: raw.mode,
      linkPath: this.#longLink ?? lastValue(pax, 'linkpath') ?? raw.linkName,
    };
    this.#pax = [];
    this.#longName = undefined;
    this.#longLink = undefined;
    const stored = packedSize(raw, pax, this.#offset);
    const written = { block, pax };
    if (entry.type !== 'file') {
      this.#visit(entry, written);
      return this.#expect(hasData(raw) ? stored : 0, skip);
    }
    if (raw.type === 'S') return this.#beginGnuSparse(entry, kept(written), stored);
    if (sparse === 'data') {
      return this.#beginSparseData({ ...entry, size: sparseSize(pax, this.#offset) }, kept(written), stored);
    }
    const map = sparse === undefined ? undefined : mapFromPax(pax, this.#offset);
    return this.#content({ ...entry, size: map?.size ?? stored }, written, map, stored);
  }

  /** Sparse format 1.0: the map is the start of the data, of unknown length, in whole blocks. */
  #beginSparseData(entry: TarEntry, raw: RawEntry, stored: number): void {
    const reader = new SparseMapReader(this.#offset);
    let left = stored;
    const next = (): Step => {
      if (left < blockSize) throw invalid(this.#offset, 'a sparse map does not end');
      left -= blockSize;
      this.#left = blockSize;
      return { kind: 'collect', parts: [], done: take };
    };
    const take = (block: Buffer): Step => {
      const chunks = reader.push(block);
      if (chunks === undefined) return next();
      this.#content(entry, raw, { chunks, size: entry.size }, left);
      return this.#step;
    };
    this.#step = next();
  }

  /** Old GNU sparse: the map is in the header, and goes on in extension blocks while a flag says so. */
  #beginGnuSparse(entry: TarEntry, raw: RawEntry, stored: number): void {
    const { block } = raw;
    const size = number(block, 483, 495, this.#offset);
    const chunks = readGnuChunks(block, 386, 4, this.#offset);
    let blocks = 0;
    const extend = (more: boolean): Step => {
      if (more) {
        this.#left = blockSize;
        return {
          kind: 'collect',
          parts: [],
          done: (extension) => {
            chunks.push(...readGnuChunks(extension, 0, 21, this.#offset));
            if (++blocks * blockSize > this.#limits.maxMetadata) throw limit('the entries of one sparse map');
            return extend(extension[504] !== 0);
          },
        };
      }
      this.#content({ ...entry, size }, raw, { chunks, size }, stored);
      return this.#step;
    };
    this.#step = extend(block[482] !== 0);
  }

  #content(entry: TarEntry, raw: RawEntry, map: SparseMap | undefined, stored: number): void {
    if (map !== undefined) assertMap(map, stored, this.#offset);
    const sink = this.#visit(entry, raw);
    if (sink === undefined) return this.#expect(stored, skip);
    this.#expect(stored, { kind: 'content', sink: map === undefined ? sink : expandSparse(map, sink) });
  }

  #expect(size: number, step: Step): void {
    this.#left = size;
    this.#padding = (blockSize - (size % blockSize)) % blockSize;
    this.#step = step;
    if (size === 0) this.#endData();
  }
}

/** What follows the header of a sparse file comes in later pieces. */
function kept({ block, pax }: RawEntry): RawEntry {
  return { block: Buffer.from(block), pax };
}

/** V7 had no type for directories: there, and only there, a slash at the end makes one. */
function entryType({ type, isV7 }: RawHeader, path: string): TarEntryType {
  switch (type) {
    case '0':
    case '7':
    case 'S':
      return isV7 && path.endsWith('/') ? 'directory' : 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '5':
      return 'directory';
    default:
      return 'special';
  }
}

/** Links, devices and directories have no data, whatever size a writer put down. */
function hasData(raw: RawHeader): boolean {
  return !'123456'.includes(raw.type);
}

function packedSize(raw: RawHeader, pax: PaxRecords, offset: number): number {
  const stated = pax.length === 0 ? undefined : lastValue(pax, 'size');
  if (stated === undefined) return raw.size;
  const size = parseDecimal(stated);
  if (size === undefined) throw invalid(offset, 'an extended header states an impossible size');
  return size;
}

function assertMap(map: SparseMap, stored: number, offset: number): void {
  let end = 0;
  let total = 0;
  for (const chunk of map.chunks) {
    if (chunk.offset < end) throw invalid(offset, 'a sparse map is out of order');
    end = chunk.offset + chunk.length;
    total += chunk.length;
  }
  if (!Number.isSafeInteger(map.size) || end > map.size || total > stored) {
    throw invalid(offset, 'a sparse map does not fit its file');
  }
}

function limit(what: string): Error {
  return codecError('CODEC_LIMIT', { data: { format: 'tar', limit: what } });
}
