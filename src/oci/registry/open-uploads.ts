import { createHash, type Hash, randomUUID } from 'node:crypto';
import { AppError, type Clock, type Digest, type DigestAlgorithm, digestAlgorithm } from '../../core/index.ts';
import { names } from './names.ts';
import type { RegistrySettings } from './settings.ts';
import type { Storage } from './storage.ts';

/** A blob that is being sent. */
export interface Upload {
  readonly id: string;
  readonly repository: string;
  /** In the storage. */
  readonly name: string;
  readonly algorithm: DigestAlgorithm;
  /** Bytes so far. */
  size: number;
  /** Of the bytes so far; undefined when they must be read again to know. */
  hash: Hash | undefined;
  /** A request is writing to it. */
  isBusy: boolean;
  /** Milliseconds since 1970. */
  lastUsed: number;
}

/**
 * The uploads of one running server. Another server on the same storage, or this one after a restart, does not know
 * them, so that no two ever write to the same bytes.
 */
export class OpenUploads {
  readonly #server = randomUUID();
  readonly #open = new Map<string, Upload>();
  readonly #storage: Storage;
  readonly #settings: RegistrySettings;
  readonly #clock: Clock;

  constructor(storage: Storage, settings: RegistrySettings, clock: Clock) {
    this.#storage = storage;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Undefined when too many are open. */
  async start(repository: string, algorithm: DigestAlgorithm): Promise<Upload | undefined> {
    await this.#forgetIdle();
    if (this.#open.size >= this.#settings.maxUploads) return undefined;
    const id = randomUUID();
    const name = names.upload(this.#server, id);
    const hash = createHash(algorithm);
    const upload = { id, repository, name, algorithm, size: 0, hash, isBusy: false, lastUsed: this.#now() };
    this.#open.set(id, upload);
    await this.#storage.append(name, none());
    return upload;
  }

  find(repository: string, id: string): Upload | undefined {
    const upload = this.#open.get(id);
    return upload?.repository === repository ? upload : undefined;
  }

  /** Adds bytes; false, with nothing said of how many were added, when there are more than a blob may have. */
  async append(upload: Upload, body: AsyncIterable<Uint8Array>): Promise<boolean> {
    const meter = { left: this.#settings.maxBlobSize - upload.size };
    const { hash } = upload;
    upload.hash = undefined;
    try {
      await this.#storage.append(upload.name, hashed(body, hash, meter));
      upload.hash = hash;
    } catch (error) {
      // Where there is no room for the rest, what there is only takes room from others.
      if (error instanceof AppError) await this.discard(upload);
      throw error;
    } finally {
      upload.size = (await this.#storage.size(upload.name)) ?? 0;
      upload.lastUsed = this.#now();
    }
    return meter.left >= 0;
  }

  /** Hexadecimal digest of the bytes so far. */
  async digest({ name, size, hash, algorithm }: Upload, wanted: Digest): Promise<string> {
    if (hash !== undefined && algorithm === digestAlgorithm(wanted)) return hash.copy().digest('hex');
    const again = createHash(digestAlgorithm(wanted));
    for await (const chunk of this.#storage.stream(name, 0, size)) again.update(chunk);
    return again.digest('hex');
  }

  async discard({ id, name }: Upload): Promise<void> {
    this.#open.delete(id);
    await this.#storage.remove(name);
  }

  async discardAll(): Promise<void> {
    this.#open.clear();
    await this.#storage.remove(names.uploads(this.#server));
  }

  async #forgetIdle(): Promise<void> {
    const oldest = this.#now() - this.#settings.uploadIdleTime;
    for (const upload of this.#open.values()) {
      if (!upload.isBusy && upload.lastUsed < oldest) await this.discard(upload);
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** Ends early, with `left` below 0, when there are too many bytes. */
async function* hashed(
  body: AsyncIterable<Uint8Array>,
  hash: Hash | undefined,
  meter: { left: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of body) {
    meter.left -= chunk.length;
    if (meter.left < 0) return;
    hash?.update(chunk);
    yield chunk;
  }
}

async function* none(): AsyncGenerator<Uint8Array, void, undefined> {
  // An upload without bytes is there all the same.
}
