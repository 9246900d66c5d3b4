import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import {
  appendStream,
  listDirectory,
  movePath,
  readWhole,
  removePath,
  statPath,
  streamFile,
  writeAtomic,
} from '../../disk/index.ts';

/** Named bytes; names have parts separated by `/`, checked by the caller. */
export interface Storage {
  /** Size in bytes; undefined when there is none of that name. */
  size(name: string): Promise<number | undefined>;
  read(name: string): Promise<Buffer | undefined>;
  stream(name: string, start: number, length: number): AsyncIterable<Uint8Array>;
  /** Replaces all at once. */
  write(name: string, content: Uint8Array): Promise<void>;
  append(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Last parts of the names directly below, sorted. */
  list(prefix: string): Promise<readonly string[]>;
}

const maxWhole = 8 * 2 ** 20;

/** Keeps everything in memory; for tests and demonstrations. */
export function memoryStorage(): Storage {
  const files = new Map<string, Buffer[]>();
  const length = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);
  const whole = (name: string): Buffer | undefined => {
    const parts = files.get(name);
    if (parts === undefined) return undefined;
    const joined = Buffer.concat(parts);
    files.set(name, [joined]);
    return joined;
  };
  return {
    size: async (name) => (files.has(name) ? length(files.get(name) ?? []) : undefined),
    read: async (name) => whole(name),
    async *stream(name, start, count) {
      yield whole(name)?.subarray(start, start + count) ?? Buffer.alloc(0);
    },
    async write(name, content) {
      files.set(name, [Buffer.from(content)]);
    },
    async append(name, content) {
      const parts = files.get(name) ?? [];
      files.set(name, parts);
      for await (const chunk of content) parts.push(Buffer.from(chunk));
    },
    async move(from, to) {
      files.set(to, files.get(from) ?? []);
      files.delete(from);
    },
    async remove(name) {
      files.delete(name);
    },
    async list(prefix) {
      const below = [...files.keys()].filter((name) => name.startsWith(`${prefix}/`));
      return [...new Set(below.map((name) => name.slice(prefix.length + 1).split('/')[0] as string))].sort();
    },
  };
}

/** Keeps everything below a directory; a name appears only once its bytes are whole. */
export function diskStorage(root: string): Storage {
  const at = (name: string): string => join(root, name);
  return {
    async size(name) {
      const found = await statPath(at(name));
      return found?.kind === 'file' ? found.size : undefined;
    },
    async read(name) {
      return readWhole(at(name), maxWhole).catch((error: unknown) => {
        if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
        throw error;
      });
    },
    stream: (name, start, length) => streamFile(at(name), { start, length }),
    write: (name, content) => writeAtomic(at(name), content, { durable: true }),
    append: (name, content) => appendStream(at(name), content),
    move: (from, to) => movePath(at(from), at(to)),
    remove: (name) => removePath(at(name)),
    list: (prefix) => listDirectory(at(prefix)),
  };
}
