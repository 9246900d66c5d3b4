import type { BooleanOption, NumberOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';

export const configFileOption: PathOption = {
  kind: 'path',
  flag: 'config',
  short: 'c',
  key: 'config',
  placeholder: 'FILE',
  description: 'Read this configuration file instead of the one in the working directory',
  trust: 'trusted',
};

export const cacheDirOption: PathOption = {
  kind: 'path',
  flag: 'cache-dir',
  key: 'cache.dir',
  aliases: [{ key: 'cache-dir' }],
  placeholder: 'DIR',
  description: 'Keep databases and caches in this directory',
  trust: 'trusted',
};

export const cacheBackendOption: WithDefault<TextOption<'fs' | 'memory'>> = {
  kind: 'text',
  flag: 'cache-backend',
  key: 'cache.backend',
  aliases: [{ flag: 'no-cache', value: 'memory' }],
  allowed: ['fs', 'memory'],
  default: 'fs',
  description: 'Keep what was read of layers in files, or only in memory (--no-cache)',
  trust: 'any',
};

export const cacheMaxSizeOption: WithDefault<NumberOption> = {
  kind: 'size',
  key: 'cache.max-size',
  default: 5 * 2 ** 30,
  minimum: 0,
  description: 'Size of the layer cache above which the entries used longest ago are deleted',
  trust: 'any',
};

export const timeoutOption: WithDefault<NumberOption> = {
  kind: 'duration',
  flag: 'timeout',
  key: 'timeout',
  default: 5 * 60_000,
  minimum: 0,
  placeholder: 'DURATION',
  description: 'Give up after this time; 0 waits for ever',
  trust: 'any',
};

export const quietOption: BooleanOption = {
  kind: 'boolean',
  flag: 'quiet',
  short: 'q',
  key: 'quiet',
  description: 'Print results and errors only',
  trust: 'any',
};

export const debugOption: BooleanOption = {
  kind: 'boolean',
  flag: 'debug',
  short: 'd',
  key: 'debug',
  description: 'Print what is done, where each option came from, and the stack of an error',
  trust: 'any',
};

export const noProgressOption: BooleanOption = {
  kind: 'boolean',
  flag: 'no-progress',
  key: 'db.no-progress',
  description: 'Show no progress bars',
  trust: 'any',
};

/** Options of every command. */
export const globalOptions: OptionGroup = {
  id: 'global',
  title: 'General',
  options: [configFileOption, cacheDirOption, timeoutOption, quietOption, debugOption, noProgressOption],
};

export const cacheOptions: OptionGroup = {
  id: 'cache',
  title: 'Cache',
  options: [cacheBackendOption, cacheMaxSizeOption],
};

/** Options of Trivy that switch off what Plimsoll never does: accepted, and without effect. */
export const acceptedOptions: OptionGroup = {
  id: 'accepted',
  title: 'Accepted for compatibility',
  options: [
    accepted('offline-scan', 'scan.offline', 'a scan asks no service about packages'),
    accepted('skip-check-update', 'rego.skip-check-update', 'there are no checks to update yet', [
      { flag: 'skip-policy-update', key: 'rego.skip-policy-update', deprecated: true },
    ]),
    accepted('skip-version-check', 'scan.skip-version-check', 'there is no version check'),
    accepted('disable-telemetry', 'scan.disable-telemetry', 'there is no telemetry'),
    accepted('light', 'light', 'there is one kind of database'),
  ],
};

function accepted(flag: string, key: string, why: string, aliases: BooleanOption['aliases'] = []): BooleanOption {
  return { kind: 'boolean', flag, key, aliases, description: `No effect: ${why}`, trust: 'any' };
}
