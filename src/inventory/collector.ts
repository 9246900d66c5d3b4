import type { TarSink } from '../codecs/tar/index.ts';
import type { CatalogerDescriptor, FileHead } from '../core/index.ts';
import { fileSpool, memorySpool } from '../disk/index.ts';
import type { Budget } from '../kit/budget.ts';
import type { Recorder } from './catalog.ts';
import { inventoryError } from './errors.ts';
import { magicLength, takesMagic } from './magic.ts';
import type { CatalogerSelector } from './select.ts';

export interface CollectorLimits {
  /** Bytes of files held in memory by all layers together; what does not fit goes to temporary files. */
  readonly memory: Budget;
  readonly maxFileSize: number;
}

/** Files above this size never stay in memory. */
const memoryLimit = 32 * 2 ** 20;

/** Gathers the content of files that catalogers ask for, and hands each over when it is whole. */
export class FileCollector {
  readonly recorder: Recorder;
  readonly selector: CatalogerSelector;
  readonly #limits: CollectorLimits;
  readonly #held: Set<() => void> = new Set();

  constructor(selector: CatalogerSelector, recorder: Recorder, limits: CollectorLimits) {
    this.selector = selector;
    this.recorder = recorder;
    this.#limits = limits;
  }

  /** A sink for the content of `head`; undefined when nobody asks for it or it is too large. */
  collect(
    head: FileHead,
    catalogers: readonly CatalogerDescriptor[] = this.selector.select(head),
  ): TarSink | undefined {
    if (catalogers.length === 0) return undefined;
    return catalogers.every(({ magic }) => magic !== undefined)
      ? this.#collectRecognised(head, catalogers)
      : this.#collectWhole(head, catalogers);
  }

  /** Waits for the first bytes, so that what they rule out is never held. */
  #collectRecognised(head: FileHead, catalogers: readonly CatalogerDescriptor[]): TarSink {
    let start: Buffer = Buffer.alloc(0);
    let sink: TarSink | undefined;
    let isDecided = false;
    const decide = (): void => {
      isDecided = true;
      const takers = catalogers.filter((cataloger) => takesMagic(cataloger, start));
      if (takers.length === 0) this.recorder.empty.add(head.path);
      else sink = this.#collectWhole(head, takers);
      sink?.write(start);
    };
    return {
      write: (chunk) => {
        if (isDecided) return sink?.write(chunk);
        start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
        if (start.length >= magicLength) decide();
        else start = Buffer.from(start);
      },
      end: () => {
        if (!isDecided) decide();
        sink?.end();
      },
    };
  }

  #collectWhole(head: FileHead, catalogers: readonly CatalogerDescriptor[]): TarSink | undefined {
    if (head.size > this.#limits.maxFileSize) {
      this.#noteTooLarge(head, catalogers);
      return undefined;
    }
    const spool = this.#openSpool(head.size);
    return {
      write: (chunk) => spool.write(chunk),
      end: () => {
        const content = spool.finish();
        const start = Buffer.from(content.read(0, Math.min(magicLength, content.size)));
        const takers = catalogers.filter((cataloger) => takesMagic(cataloger, start));
        let users = takers.length;
        const done = (): void => {
          if (--users === 0) spool.release();
        };
        for (const cataloger of takers) this.recorder.catalog(cataloger, { ...head, content }, done);
      },
    };
  }

  /** Frees what files that never became whole still hold. */
  dispose(): void {
    for (const release of this.#held) release();
  }

  #openSpool(size: number): ReturnType<typeof memorySpool> & { release: () => void } {
    const inMemory = size <= memoryLimit && this.#limits.memory.tryTake(size);
    const spool = inMemory ? memorySpool(size) : fileSpool();
    const release = (): void => {
      if (!this.#held.delete(release)) return;
      spool.dispose();
      if (inMemory) this.#limits.memory.give(size);
    };
    this.#held.add(release);
    return { ...spool, release };
  }

  #noteTooLarge(head: FileHead, catalogers: readonly CatalogerDescriptor[]): void {
    const data = { path: head.path, size: head.size, limit: this.#limits.maxFileSize };
    const { message } = inventoryError('INVENTORY_FILE_TOO_LARGE', { data });
    const effect = catalogers.some((cataloger) => cataloger.onFailure === 'incomplete') ? 'incomplete' : 'note';
    this.recorder.empty.add(head.path);
    this.recorder.note({ effect, code: 'limit-reached', message, path: head.path });
  }
}
