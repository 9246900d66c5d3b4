import { ociError } from '../errors.ts';
import type { Storage } from './storage.ts';

interface Bytes {
  readonly parts: Buffer[];
  size: number;
  names: number;
}

const defaultCapacity = 2 ** 31;

/** Keeps everything in memory, at most `capacity` bytes; for tests and demonstrations. */
export function memoryStorage(capacity: number = defaultCapacity): Storage {
  return new MemoryStorage(capacity);
}

class MemoryStorage implements Storage {
  readonly #files = new Map<string, Bytes>();
  readonly #capacity: number;
  #held = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async size(name: string): Promise<number | undefined> {
    return this.#files.get(name)?.size;
  }

  async read(name: string): Promise<Buffer | undefined> {
    const found = this.#files.get(name);
    return found && Buffer.concat(found.parts);
  }

  async *stream(name: string, start: number, length: number): AsyncGenerator<Buffer, void, undefined> {
    let [skip, left] = [start, length];
    for (const part of this.#files.get(name)?.parts ?? []) {
      const piece = part.subarray(skip, skip + left);
      skip = Math.max(0, skip - part.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  async write(name: string, content: Uint8Array): Promise<void> {
    this.#forget(name);
    const bytes = { parts: [], size: 0, names: 1 };
    this.#add(bytes, content);
    this.#files.set(name, bytes);
  }

  async append(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const bytes = this.#files.get(name) ?? { parts: [], size: 0, names: 1 };
    this.#files.set(name, bytes);
    for await (const chunk of content) this.#add(bytes, chunk);
  }

  async link(from: string, to: string): Promise<boolean> {
    const bytes = this.#files.get(from);
    if (bytes === undefined) return false;
    bytes.names++;
    this.#forget(to);
    this.#files.set(to, bytes);
    return true;
  }

  async isShared(name: string): Promise<boolean> {
    return (this.#files.get(name)?.names ?? 0) > 1;
  }

  async remove(name: string): Promise<void> {
    for (const key of this.#files.keys()) if (key === name || key.startsWith(`${name}/`)) this.#forget(key);
  }

  async list(prefix: string): Promise<readonly string[]> {
    const below = [...this.#files.keys()].filter((name) => name.startsWith(`${prefix}/`));
    return [...new Set(below.map((name) => name.slice(prefix.length + 1).split('/')[0] as string))].sort();
  }

  #add(bytes: Bytes, content: Uint8Array): void {
    const size = this.#held + content.length;
    if (size > this.#capacity) throw ociError('OCI_REGISTRY_FULL', { data: { capacity: this.#capacity } });
    this.#held = size;
    bytes.parts.push(Buffer.from(content));
    bytes.size += content.length;
  }

  #forget(name: string): void {
    const bytes = this.#files.get(name);
    if (bytes === undefined) return;
    this.#files.delete(name);
    bytes.names--;
    if (bytes.names === 0) this.#held -= bytes.size;
  }
}
