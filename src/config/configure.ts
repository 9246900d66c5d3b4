import { resolve } from 'node:path';
import { findConfigFiles } from './file/find.ts';
import { loadConfigFile } from './file/load.ts';
import { configFileOption } from './options.ts';
import { allOptions } from './registry.ts';
import { type ResolvedOptions, type ResolveInput, resolveOptions } from './resolve.ts';

export interface ConfigureInput extends Omit<ResolveInput, 'files'> {
  readonly workingDirectory: string;
  /** Where the user's own `plimsoll/plimsoll.yaml` lies, if anywhere. */
  readonly userDirectory?: string;
}

/** Finds and reads the configuration files, and decides every option. @throws CONFIG_*, DISK_* for a file that was named */
export async function configure(input: ConfigureInput): Promise<ResolvedOptions> {
  const named = resolveOptions({ ...input, options: [configFileOption], files: [] }).get(configFileOption);
  const found = await findConfigFiles({ ...input, named, userDirectory: input.userDirectory });
  const maps = new Set(allOptions.filter(({ kind }) => kind === 'map').map(({ key }) => key));
  const files = await Promise.all(
    found.map(async ({ path, trusted }) => ({
      ...(await loadConfigFile(resolve(input.workingDirectory, path), trusted, (key) => maps.has(key))),
      path,
    })),
  );
  return resolveOptions({ ...input, files });
}
