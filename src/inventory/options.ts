import type {
  CatalogerDescriptor,
  ListOption,
  Logger,
  NumberOption,
  OptionGroup,
  Progress,
  WithDefault,
} from '../core/index.ts';
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

export const skipFilesOption: ListOption = {
  kind: 'list',
  flag: 'skip-files',
  key: 'scan.skip-files',
  placeholder: 'GLOBS',
  description: 'Leave out files that match these globs, relative to the root',
  trust: 'any',
};

export const skipDirsOption: ListOption = {
  kind: 'list',
  flag: 'skip-dirs',
  key: 'scan.skip-dirs',
  placeholder: 'GLOBS',
  description: 'Leave out directories that match these globs, relative to the root',
  trust: 'any',
};

export const maxFileSizeOption: WithDefault<NumberOption> = {
  kind: 'size',
  flag: 'max-file-size',
  key: 'scan.max-file-size',
  default: 512 * 2 ** 20,
  minimum: 1,
  placeholder: 'SIZE',
  description: 'Do not read the content of larger files; leaving one out makes the result incomplete',
  trust: 'any',
};

export const parallelOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'parallel',
  key: 'scan.parallel',
  aliases: [{ flag: 'slow', deprecated: true, value: '1' }],
  default: 16,
  minimum: 0,
  maximum: 256,
  placeholder: 'COUNT',
  description: 'Read this many layers at the same time; 0 stands for the number of processors',
  trust: 'any',
};

/** What of a target is read. */
export const inventoryOptions: OptionGroup = {
  id: 'inventory',
  title: 'Reading',
  options: [skipFilesOption, skipDirsOption, maxFileSizeOption, parallelOption],
};
