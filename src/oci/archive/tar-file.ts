import { posix } from 'node:path';
import { decompress } from '../../codecs/compression/index.ts';
import { blockSize, type TarEntry, TarWalker } from '../../codecs/tar/index.ts';
import { isAppError } from '../../core/index.ts';
import { type FileSource, openSource, spoolStream, streamFile } from '../../disk/index.ts';
import { ociError } from '../errors.ts';

/** One regular file inside a tar archive. */
export interface ArchivedFile {
  readonly size: number;
  /** All of it. @throws OCI_ARCHIVE_INVALID when it has more than `limit` bytes */
  bytes(limit: number): Uint8Array;
  stream(signal?: AbortSignal): AsyncIterable<Buffer>;
}

/** A tar archive whose files are read by position. */
export interface TarFile {
  readonly path: string;
  /** A file by its path in the archive, links followed; undefined when there is none. */
  find(name: string): ArchivedFile | undefined;
  close(): void;
}

type Member =
  | { readonly kind: 'file'; readonly offset: number; readonly size: number }
  | { readonly kind: 'link'; readonly target: string };

const limits = { maxEntries: 1_000_000, maxMetadata: 1 << 20 };
const maxUnpacked = 256 * 2 ** 30;
const maxLinks = 8;

/**
 * Opens a tar file; one that is packed (gzip, zstd) is unpacked to a temporary file first. Only headers are read.
 * @throws DISK_*, CODEC_*
 */
export async function openTarFile(path: string): Promise<TarFile> {
  return openTarSource(await openUnpacked(path), path);
}

/** The same over bytes that are at hand; `path` is what messages call them. @throws CODEC_* */
export function openTarSource(source: FileSource, path: string): TarFile {
  try {
    const members = indexMembers(source);
    return {
      path,
      find: (name) => {
        const member = follow(members, normal(name));
        return member === undefined ? undefined : toFile(source, member, `${path}: ${name}`);
      },
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

async function openUnpacked(path: string): Promise<FileSource> {
  const source = openSource(path);
  if (!isPacked(source.size < 4 ? new Uint8Array(4) : source.read(0, 4))) return source;
  source.close();
  return spoolStream(decompress(streamFile(path)), maxUnpacked);
}

/** True for the first bytes of gzip (RFC 1952 2.3.1) and zstd (RFC 8878 3.1). */
export function isPacked(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0x1f && b === 0x8b) || (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd);
}

/** Later entries of a name replace earlier ones. */
function indexMembers(source: FileSource): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  let position = 0;
  const walker = new TarWalker((entry) => {
    const member = toMember(entry, position + blockSize);
    if (member !== undefined) members.set(normal(entry.path), member);
    return undefined;
  }, limits);
  while (position + blockSize <= source.size && !walker.ended) {
    walker.push(Buffer.from(source.read(position, blockSize)));
    position += blockSize;
    const { skippable } = walker;
    if (position + skippable > source.size) break;
    walker.skip();
    position += skippable;
  }
  walker.finish();
  return members;
}

function toMember(entry: TarEntry, offset: number): Member | undefined {
  if (entry.type === 'file') return { kind: 'file', offset, size: entry.size };
  if (entry.type === 'hardlink') return { kind: 'link', target: normal(entry.linkPath) };
  if (entry.type !== 'symlink') return undefined;
  return { kind: 'link', target: normal(posix.join(posix.dirname(entry.path), entry.linkPath)) };
}

function follow(members: ReadonlyMap<string, Member>, name: string): (Member & { kind: 'file' }) | undefined {
  let member = members.get(name);
  for (let hops = 0; member?.kind === 'link' && hops < maxLinks; hops++) member = members.get(member.target);
  return member?.kind === 'file' ? member : undefined;
}

function normal(name: string): string {
  return posix.normalize(`/${name}`).slice(1);
}

function toFile(source: FileSource, { offset, size }: Member & { kind: 'file' }, path: string): ArchivedFile {
  return {
    size,
    bytes(limit) {
      if (size > limit) {
        throw ociError('OCI_ARCHIVE_INVALID', {
          data: { path, reason: `it has ${size} bytes, at most ${limit} are read` },
        });
      }
      return readInside(() => source.read(offset, size), path);
    },
    stream: (signal) => source.stream({ start: offset, length: size, ...(signal !== undefined && { signal }) }),
  };
}

function readInside(read: () => Uint8Array, path: string): Uint8Array {
  try {
    return read();
  } catch (error) {
    if (!isAppError(error, 'CORE_READ_PAST_END')) throw error;
    throw ociError('OCI_ARCHIVE_INVALID', {
      data: { path, reason: 'it reaches over the end of the archive' },
      cause: error,
    });
  }
}
