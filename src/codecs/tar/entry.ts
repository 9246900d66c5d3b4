import type { PaxRecords } from './pax.ts';

export type TarEntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'special';

export interface TarEntry {
  /** As written in the archive: not cleaned, possibly absolute or with `..`. */
  readonly path: string;
  readonly type: TarEntryType;
  /** Size of the file once sparse holes are filled; 0 for what is not a file. */
  readonly size: number;
  readonly mode: number;
  /** Target of a symbolic or hard link. */
  readonly linkPath: string;
}

/** Receives the content of one file in order; a chunk is only valid during the call. */
export interface TarSink {
  write(chunk: Buffer): void;
  end(): void;
}

export interface TarLimits {
  readonly maxEntries: number;
  /** Bytes of one extended header or long name. */
  readonly maxMetadata: number;
}

export const defaultTarLimits: TarLimits = { maxEntries: 5_000_000, maxMetadata: 1 << 20 };

/** An entry as it was written, valid during the visit only. */
export interface RawEntry {
  /** Its header block. */
  readonly block: Buffer;
  readonly pax: PaxRecords;
}

/** Called for each entry; a returned sink gets the content of a file, without one it is skipped. */
export type TarVisitor = (entry: TarEntry, raw: RawEntry) => TarSink | undefined;
