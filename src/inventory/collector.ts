import type { TarSink } from '../codecs/tar/index.ts';
import type { CatalogerDescriptor, FileHead } from '../core/index.ts';
import { fileSpool, memorySpool } from '../disk/index.ts';
import type { Budget } from '../kit/budget.ts';
import type { Recorder } from './catalog.ts';
import { inventoryError } from './errors.ts';
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
    if (head.size > this.#limits.maxFileSize) {
      this.#noteTooLarge(head, catalogers);
      return undefined;
    }
    const spool = this.#openSpool(head.size);
    return {
      write: (chunk) => spool.write(chunk),
      end: () => {
        const content = spool.finish();
        let users = catalogers.length;
        const done = (): void => {
          if (--users === 0) spool.release();
        };
        for (const cataloger of catalogers) this.recorder.catalog(cataloger, { ...head, content }, done);
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
