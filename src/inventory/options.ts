import type { CatalogerDescriptor, Logger, Progress } from '../core/index.ts';
import type { FileCache } from '../disk/index.ts';

export interface InventoryOptions {
  readonly catalogers: readonly CatalogerDescriptor[];
  /** Globs relative to the root of what is not looked at. */
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
  /** Bytes of the largest file that is read for its content. */
  readonly maxFileSize: number;
  /** Layers read at the same time. */
  readonly parallel: number;
}

export interface InventoryContext {
  readonly cache?: FileCache;
  readonly log: Logger;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}
