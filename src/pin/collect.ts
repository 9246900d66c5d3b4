import { basename, dirname, join, relative, resolve } from 'node:path';
import { statPath, walkFiles } from '../disk/index.ts';
import { makeSkip } from '../inventory/index.ts';
import { pinError, toProblem } from './errors.ts';
import type { FileKind } from './file-kind.ts';
import type { FileProblem } from './outcome.ts';

export interface CollectOptions {
  /** What relative paths are relative to. */
  readonly workingDirectory: string;
  readonly kinds: readonly FileKind[];
  /** True when the kinds were chosen by name: one alone is then the kind of every file that is named. */
  readonly chosen: boolean;
  /** Globs relative to each directory. */
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
}

/** A file that may hold references. */
export interface Candidate {
  /** For people: as it was named, or below the directory that was. */
  readonly path: string;
  readonly absolutePath: string;
  /** Links must not lead out of it. */
  readonly root: string;
  readonly kinds: readonly FileKind[];
  /** True for a file that somebody named, where nothing may pass in silence. */
  readonly named: boolean;
}

/** Neither holds files that somebody keeps by hand. */
const neverSearched: readonly string[] = ['**/.git', '**/node_modules'];

/** Files by name, and those of directories whose names are of some kind; each once. @throws DISK_UNREADABLE */
export async function collectCandidates(
  paths: readonly string[],
  options: CollectOptions,
): Promise<{ readonly candidates: readonly Candidate[]; readonly problems: readonly FileProblem[] }> {
  const found = new Map<string, Candidate>();
  const problems: FileProblem[] = [];
  for (const path of paths) {
    const absolutePath = resolve(options.workingDirectory, path);
    const kind = (await statPath(absolutePath))?.kind;
    if (kind === undefined) problems.push({ path, code: 'DISK_NOT_FOUND', reason: 'it does not exist' });
    else if (kind !== 'directory') collectFile(path, absolutePath, options, found, problems);
    else for (const each of await searchDirectory(path, absolutePath, options, problems)) add(found, each);
  }
  return { candidates: [...found.values()], problems };
}

function add(found: Map<string, Candidate>, candidate: Candidate): void {
  const known = found.get(candidate.absolutePath);
  if (known === undefined) found.set(candidate.absolutePath, candidate);
  else if (candidate.named) found.set(candidate.absolutePath, { ...known, named: true });
}

function collectFile(
  path: string,
  absolutePath: string,
  options: CollectOptions,
  found: Map<string, Candidate>,
  problems: FileProblem[],
): void {
  const byName = kindsOf(absolutePath, options.kinds);
  const kinds = byName.length === 0 && options.chosen && options.kinds.length === 1 ? options.kinds : byName;
  if (kinds.length > 0) return add(found, { path, absolutePath, root: dirname(absolutePath), kinds, named: true });
  problems.push(toProblem(path, pinError('PIN_KIND_UNKNOWN')));
}

async function searchDirectory(
  path: string,
  root: string,
  options: CollectOptions,
  problems: FileProblem[],
): Promise<Candidate[]> {
  const skip = await makeSkip({ ...options, skipDirs: [...options.skipDirs, ...neverSearched] });
  const shown = (file: string): string => relative(options.workingDirectory, join(root, file)) || basename(path);
  const candidates: Candidate[] = [];
  const files = walkFiles(root, {
    skipDirectory: skip,
    wants: (file) => !skip(file) && kindsOf(join(root, file), options.kinds).length > 0,
    onUnreadable: (file, error) => void problems.push(toProblem(shown(file), error)),
  });
  for await (const file of files) {
    const kinds = kindsOf(file.absolutePath, options.kinds);
    candidates.push({ path: shown(file.path), absolutePath: file.absolutePath, root, kinds, named: false });
  }
  return candidates;
}

function kindsOf(path: string, kinds: readonly FileKind[]): FileKind[] {
  const name = path.replaceAll('\\', '/');
  return kinds.filter(({ names }) => names.test(name));
}
