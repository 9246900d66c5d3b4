import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AppContext, makeContext } from '../app/index.ts';
import {
  cacheDirOption,
  configure,
  debugOption,
  noProgressOption,
  quietOption,
  type ResolvedOptions,
  timeoutOption,
} from '../config/index.ts';
import type { Logger, OptionSpec, Progress } from '../core/index.ts';
import { offlineOption } from '../net/index.ts';
import { watchAborts } from './abort.ts';
import { verboseOption } from './crane-options.ts';
import type { Dialect } from './dialect.ts';
import type { Host } from './host.ts';
import { wantsColour } from './output/colour.ts';
import { makeLogger } from './output/log.ts';
import { noProgress, StatusLines } from './output/status.ts';
import { type CommandAsked, generalGroups } from './parse.ts';
import { programBuild } from './version.ts';

/** Decides the options of a command, gives it what it needs, and runs it until it ends, fails or is stopped. */
export async function runCommand(asked: CommandAsked, dialect: Dialect, host: Host): Promise<number> {
  const { descriptor, module, operands } = asked;
  const specs = [...module.options, ...generalGroups].flatMap((group) => group.options);
  const options = await configureFor(asked, specs, host);
  const { log, progress, clear } = makeOutputs(options, host);
  sayConfiguration(options, specs, log);
  const aborts = watchAborts(host, timeLimitOf(asked, dialect, options), module.grace);
  const context = makeContext({
    log,
    progress,
    cacheDir: options.get(cacheDirOption) ?? defaultCacheDir(dialect, host),
    signal: aborts.signal,
    ...(programBuild !== undefined && { build: programBuild }),
    ...reportTimeOf(host.environment),
  });
  if (options.get(offlineOption)) (await import('../net/index.ts')).goOffline();
  try {
    return await aborts.race(module.run({ descriptor, operands, options, dialect, host, context }));
  } finally {
    aborts.stop();
    clear();
  }
}

/** crane has no time limit, and what moves much needs none. */
function timeLimitOf({ module }: CommandAsked, { id }: Dialect, options: ResolvedOptions): number {
  const isUnlimited = module.takesItsTime === true || id === 'crane';
  return isUnlimited && options.origin(timeoutOption).kind === 'default' ? 0 : options.get(timeoutOption);
}

function configureFor({ flags }: CommandAsked, options: readonly OptionSpec[], host: Host): Promise<ResolvedOptions> {
  const { environment, workingDirectory } = host;
  const userDirectory = environment['XDG_CONFIG_HOME'] || join(homeOf(environment), '.config');
  return configure({ options, flags, environment, workingDirectory, userDirectory });
}

function makeOutputs(
  options: ResolvedOptions,
  host: Host,
): { readonly log: Logger; readonly progress: Progress; readonly clear: () => void } {
  const quiet = options.get(quietOption);
  const status = host.stderr.isTerminal && !quiet && !options.get(noProgressOption) && new StatusLines(host.stderr);
  const log = makeLogger({
    write: status ? (text) => status.write(text) : (text) => void host.stderr.write(text),
    colour: wantsColour(host.stderr, host.environment),
    level: wantsDebug(options) ? 'debug' : quiet ? undefined : 'info',
  });
  return status
    ? { log, progress: status, clear: () => status.clear() }
    : { log, progress: noProgress, clear: () => undefined };
}

function wantsDebug(options: ResolvedOptions): boolean {
  return options.get(debugOption) || (options.has(verboseOption) && options.get(verboseOption));
}

/** Says what is wrong with the configuration, what a file of unknown origin decides, and on request where each value is from. */
function sayConfiguration(options: ResolvedOptions, specs: readonly OptionSpec[], log: Logger): void {
  for (const { text, fields } of options.notices) log.warn(text, fields);
  for (const { path, keys } of options.narrowings) {
    log.info('A configuration file in the working directory decides', { path, keys: keys.join(', ') });
  }
  for (const spec of specs) {
    const { kind, name } = options.origin(spec);
    if (kind === 'default') continue;
    log.debug('Option', { name: spec.key, value: spec.secret ? '***' : String(options.get(spec)), from: name });
  }
}

/** Where Trivy keeps its caches under the name trivy; otherwise a directory of our own. */
function defaultCacheDir({ id }: Dialect, { environment, platform }: Host): string {
  const home = homeOf(environment);
  const usual = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  return join(environment['XDG_CACHE_HOME'] || usual, id === 'trivy' ? 'trivy' : 'plimsoll');
}

function homeOf(environment: Host['environment']): string {
  return environment['HOME'] || homedir();
}

/** Seconds since 1970 that reports are to state (reproducible-builds.org, SOURCE_DATE_EPOCH). */
function reportTimeOf(environment: Host['environment']): Pick<AppContext, 'reportTime'> {
  const seconds = environment['SOURCE_DATE_EPOCH'];
  return seconds !== undefined && /^\d{1,11}$/.test(seconds) ? { reportTime: new Date(Number(seconds) * 1000) } : {};
}
