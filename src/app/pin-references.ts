import type { Platform } from '../oci/index.ts';
import { gitUrlOption, loadPin, type PinMode, type PinReport, waitOption } from '../pin/index.ts';
import { fileKinds } from '../pin/registry.ts';
import type { AppContext } from './context.ts';

/** What to pin and how; everything but the paths has a default, which is that of the command line. */
export interface PinInput {
  /** Files, and directories that are searched. */
  readonly paths: readonly string[];
  /** What relative paths are relative to, and the report's paths. */
  readonly workingDirectory: string;
  /** `write` unless said otherwise. */
  readonly mode?: PinMode;
  /** Moves pins to what their tags mean now, or with `check` tells which are behind. */
  readonly update?: boolean;
  /** Identifiers of the kinds of files to look at; all when left out. */
  readonly kinds?: readonly string[];
  /** Pins the image of one platform instead of the index. */
  readonly platform?: Platform;
  /** Milliseconds to wait for an index that lacks a platform which the present pin has. */
  readonly wait?: number;
  /** Where the repositories of actions are. */
  readonly gitUrl?: string;
  /** For private repositories. */
  readonly gitToken?: string;
  /** Places of images in custom resources by `Kind` or `group/Kind`. */
  readonly resourcePaths?: Readonly<Record<string, readonly string[]>>;
  /** Globs relative to each directory. */
  readonly skipFiles?: readonly string[];
  readonly skipDirs?: readonly string[];
}

/** Pins the references of files to digests and commits; what could not be pinned is told in the report. @throws DISK_UNREADABLE */
export async function pinReferences(input: PinInput, context: AppContext): Promise<PinReport> {
  const { pinFiles } = await loadPin();
  const kinds = input.kinds ?? [];
  return pinFiles(
    input.paths,
    {
      mode: input.mode ?? 'write',
      update: input.update ?? false,
      workingDirectory: input.workingDirectory,
      kinds: kinds.length === 0 ? fileKinds.all : fileKinds.all.filter(({ id }) => kinds.includes(id)),
      chosen: kinds.length > 0,
      skipFiles: input.skipFiles ?? [],
      skipDirs: input.skipDirs ?? [],
      paths: input.resourcePaths ?? {},
      wait: input.wait ?? waitOption.default,
      gitUrl: input.gitUrl ?? gitUrlOption.default,
      ...(input.platform !== undefined && { platform: input.platform }),
      ...(input.gitToken !== undefined && { gitToken: input.gitToken }),
    },
    context,
  );
}
