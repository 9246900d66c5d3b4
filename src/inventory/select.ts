import type { CatalogerDescriptor, FileHead, FileMatcher } from '../core/index.ts';

/** Finds the catalogers that ask for a file, without trying every matcher on every name. */
export interface CatalogerSelector {
  /** Catalogers for a regular file; `named` ones ask by path, not merely for any executable. */
  select(head: FileHead): readonly CatalogerDescriptor[];
  /** True when a file of this path might be asked for, whatever its mode. */
  wants(path: string): boolean;
  readonly descriptors: readonly CatalogerDescriptor[];
}

interface Index {
  readonly byPath: Map<string, CatalogerDescriptor[]>;
  readonly byBasename: Map<string, CatalogerDescriptor[]>;
  readonly bySuffix: {
    readonly suffix: string;
    readonly ignoreCase: boolean;
    readonly descriptor: CatalogerDescriptor;
  }[];
  readonly byDirectory: {
    readonly directory: string;
    readonly suffix: string;
    readonly descriptor: CatalogerDescriptor;
  }[];
  readonly executables: CatalogerDescriptor[];
}

const executableBits = 0o111;
const none: readonly CatalogerDescriptor[] = [];

export function makeSelector(descriptors: readonly CatalogerDescriptor[]): CatalogerSelector {
  const index: Index = {
    byPath: new Map(),
    byBasename: new Map(),
    bySuffix: [],
    byDirectory: [],
    executables: [],
  };
  for (const descriptor of descriptors) for (const matcher of descriptor.files) add(index, matcher, descriptor);
  return {
    descriptors,
    select(head) {
      const found = byName(index, head.path);
      const all = head.mode & executableBits && index.executables.length > 0 ? [...found, ...index.executables] : found;
      if (all.length === 0) return none;
      return [...new Set(all)].filter((descriptor) => descriptor.accepts?.(head) ?? true);
    },
    wants: (path) => index.executables.length > 0 || byName(index, path).length > 0,
  };
}

/** The catalogers that a name alone calls for. */
function byName(index: Index, path: string): readonly CatalogerDescriptor[] {
  const exact = index.byPath.get(path);
  const basename = index.byBasename.get(path.slice(path.lastIndexOf('/') + 1));
  let found = exact ?? basename ?? none;
  if (exact !== undefined && basename !== undefined) found = [...exact, ...basename];
  for (const { suffix, ignoreCase, descriptor } of index.bySuffix) {
    if (endsWith(path, suffix, ignoreCase)) found = [...found, descriptor];
  }
  for (const { directory, suffix, descriptor } of index.byDirectory) {
    if (path.startsWith(directory) && path.endsWith(suffix)) found = [...found, descriptor];
  }
  return found;
}

function endsWith(path: string, suffix: string, ignoreCase: boolean): boolean {
  if (path.endsWith(suffix)) return true;
  return ignoreCase && path.slice(-suffix.length).toLowerCase() === suffix;
}

function add(index: Index, matcher: FileMatcher, descriptor: CatalogerDescriptor): void {
  if ('path' in matcher) append(index.byPath, matcher.path, descriptor);
  else if ('basename' in matcher) append(index.byBasename, matcher.basename, descriptor);
  else if ('directory' in matcher) {
    index.byDirectory.push({ directory: `${matcher.directory}/`, suffix: matcher.suffix ?? '', descriptor });
  } else if ('suffix' in matcher) {
    index.bySuffix.push({ suffix: matcher.suffix, ignoreCase: matcher.ignoreCase ?? false, descriptor });
  } else index.executables.push(descriptor);
}

function append(map: Map<string, CatalogerDescriptor[]>, key: string, descriptor: CatalogerDescriptor): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [descriptor]);
  else list.push(descriptor);
}
