import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { openZip, type ZipArchive, type ZipEntry } from '../../codecs/zip/index.ts';
import {
  type Archive,
  type ByteSource,
  type CoverageNote,
  describeError,
  isAppError,
  isComplete,
} from '../../core/index.ts';
import { fileSpool } from '../../disk/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { type Contents, emptyContents, isNestedArchive, isTelling, metadataReader, withLicenses } from './contents.ts';
import { parseFileName } from './file-name.ts';
import { archiveLicenses, isLicenseFile } from './license.ts';

/** Bounds on what one file may make us do, nested archives included. */
export interface ArchiveLimits {
  readonly maxDepth: number;
  readonly maxArchives: number;
  /** Unpacked bytes of nested archives. */
  readonly maxUnpacked: number;
  /** Unpacked bytes of manifests, project files and the like. */
  readonly maxMetadata: number;
}

/** Above what real applications hold. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxDepth: 8,
  maxArchives: 20_000,
  maxUnpacked: 4 * 2 ** 30,
  maxMetadata: 256 * 2 ** 20,
};

/** What was read of a file: its archives, outermost last, and what had to be left out. */
export interface ReadArchives {
  readonly archives: Archive[];
  readonly notes: CoverageNote[];
}

/** Bytes of one manifest, project file and the like. */
const maxEntry = 10 * 2 ** 20;
/** Nested archives above this size are unpacked to a temporary file. */
const maxInMemory = 16 * 2 ** 20;
const hashedAtOnce = 1 << 20;
const maxNotes = 100;

/** Reads a jar, war, ear or par and the archives in it. @throws CODEC_ZIP_ABSENT, CODEC_ZIP_INVALID, CODEC_LIMIT */
export async function readArchives(
  source: ByteSource,
  path: string,
  limits: ArchiveLimits = defaultArchiveLimits,
): Promise<ReadArchives> {
  const reader = new ArchiveReader(limits);
  await reader.read(source, path, 1);
  return reader;
}

class ArchiveReader implements ReadArchives {
  readonly archives: Archive[] = [];
  readonly notes: CoverageNote[] = [];
  readonly #limits: ArchiveLimits;
  #unpacked = 0;
  #metadata = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  async read(source: ByteSource, path: string, depth: number): Promise<void> {
    const zip = openZip(source, { wanted: isTelling });
    const contents = emptyContents();
    const nested: ZipEntry[] = [];
    for (const entry of zip.entries) {
      if (isNestedArchive(entry.name)) nested.push(entry);
      else this.#readMetadata(zip, entry, contents, path);
    }
    const first = this.archives.length;
    for (const entry of nested) await this.#readNested(zip, entry, path, depth + 1);
    this.#shareLicenses(first, contents);
    this.archives.push(this.#toArchive(zip, contents, { path, sha1: sha1Of(source) }));
  }

  #readMetadata(zip: ZipArchive, entry: ZipEntry, contents: Contents, path: string): void {
    const read = metadataReader(entry.name);
    if (read === undefined) {
      if (isLicenseFile(entry.name)) contents.licenseFiles.push(entry);
      return;
    }
    try {
      read(this.#readEntry(zip, entry), contents, entry.name);
    } catch (error) {
      this.#noteFailure(`${path}/${entry.name}`, error);
    }
  }

  /** Small files may pack a thousand times their size, and there may be many. */
  #readEntry(zip: ZipArchive, entry: ZipEntry): Buffer {
    this.#metadata += entry.size;
    return zip.read(entry, this.#metadata > this.#limits.maxMetadata ? 0 : maxEntry);
  }

  /** A nested archive that cannot be read costs what it holds, not what its neighbours hold. */
  async #readNested(zip: ZipArchive, entry: ZipEntry, outer: string, depth: number): Promise<void> {
    const path = posix.join(outer, entry.name);
    if (!path.startsWith(`${outer}/`)) return this.#noteLimit(outer, `the entry ${entry.name} leads out of it`);
    if (depth > this.#limits.maxDepth)
      return this.#noteLimit(path, `${this.#limits.maxDepth} archives inside each other`);
    if (this.archives.length >= this.#limits.maxArchives) {
      return this.#noteLimit(path, `${this.#limits.maxArchives} nested archives`);
    }
    try {
      if (!this.#takeBudget(entry)) return this.#noteLimit(path, `${this.#limits.maxUnpacked} unpacked bytes`);
      await withContent(zip, entry, (source) => this.read(source, path, depth));
    } catch (error) {
      this.#noteFailure(path, error);
    }
  }

  /** Stored archives take no room. */
  #takeBudget(entry: ZipEntry): boolean {
    if (entry.packedSize < entry.size) this.#unpacked += entry.size;
    return this.#unpacked <= this.#limits.maxUnpacked;
  }

  /** A project file of the outer archive also speaks for the same artifact in an archive nested in it. */
  #shareLicenses(first: number, { projects }: Contents): void {
    if (projects.size === 0) return;
    for (let index = first; index < this.archives.length; index++) {
      const archive = this.archives[index] as Archive;
      if (archive.licenses === undefined) {
        this.archives[index] = { ...archive, declared: withLicenses(archive.declared, projects) };
      }
    }
  }

  #toArchive(zip: ZipArchive, contents: Contents, identity: Pick<Archive, 'path' | 'sha1'>): Archive {
    const { manifest, projects } = contents;
    const declared = withLicenses(contents.declared, projects);
    const licenses =
      declared.length > 1 || declared[0]?.licenses ? [] : this.#ownLicenses(zip, contents, identity.path);
    return {
      ...identity,
      declared,
      fileName: parseFileName(identity.path),
      ...(manifest?.coordinates !== undefined && { manifest: manifest.coordinates }),
      ...(licenses.length > 0 && { licenses }),
    };
  }

  /** What the archive says of its own licence besides project files. */
  #ownLicenses(zip: ZipArchive, { manifest, licenseFiles }: Contents, path: string): readonly string[] {
    return archiveLicenses(manifest, () => {
      const [entry] = licenseFiles;
      if (entry === undefined || licenseFiles.length > 1) return undefined;
      try {
        return this.#readEntry(zip, entry);
      } catch (error) {
        this.#noteFailure(`${path}/${entry.name}`, error);
        return undefined;
      }
    });
  }

  #noteFailure(path: string, error: unknown): void {
    // A file of another format under such a name holds no packages; a damaged archive may.
    const effect = isAppError(error, 'CODEC_ZIP_ABSENT') ? 'note' : 'incomplete';
    const data = isAppError(error) ? { cause: error.code } : {};
    this.#note({ effect, code: 'file-unreadable', message: `Java archive: ${describeError(error)}`, path, data });
  }

  #noteLimit(path: string, limit: string): void {
    const message = `Java archive: ${limit} is over a limit; what is inside was not read`;
    this.#note({ effect: 'incomplete', code: 'limit-reached', message, path });
  }

  /** A hostile archive could have a million flaws; enough of them are told, and the first that keeps a gate from passing. */
  #note(note: CoverageNote): void {
    const isFirst = note.effect === 'incomplete' && isComplete(this.notes);
    if (isFirst || this.notes.length < maxNotes) this.notes.push(note);
  }
}

async function withContent(
  zip: ZipArchive,
  entry: ZipEntry,
  use: (source: ByteSource) => Promise<void>,
): Promise<void> {
  const stored = zip.stored(entry);
  if (stored !== undefined) return use(stored);
  if (entry.size <= maxInMemory) return use(memorySource(zip.read(entry, maxInMemory)));
  const spool = fileSpool();
  try {
    for await (const part of zip.stream(entry)) spool.write(part);
    await use(spool.finish());
  } finally {
    spool.dispose();
  }
}

function sha1Of(source: ByteSource): string {
  const hash = createHash('sha1');
  for (let at = 0; at < source.size; at += hashedAtOnce) {
    hash.update(source.read(at, Math.min(hashedAtOnce, source.size - at)));
  }
  return hash.digest('hex');
}
