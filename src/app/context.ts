import type { Clock, Fetch, Logger, Progress } from '../core/index.ts';

/** What every use case is given from outside, so that it depends on no global state. */
export interface AppContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Directory of databases, laid out like Trivy's, and of our own caches below `plimsoll/`. */
  readonly cacheDir: string;
  /** Sends requests; without it nothing is fetched from anywhere. */
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  /** The moment that reports state and end of life is judged by, when it is not the clock's. */
  readonly reportTime?: Date;
}

const silentLog: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined };
const noProgress: Progress = { start: () => ({ advance: () => undefined, finish: () => undefined }) };

/** A context for use as a library: the system's clock, no log and no progress unless given. */
export function makeContext(given: Pick<AppContext, 'cacheDir'> & Partial<AppContext>): AppContext {
  return { clock: { now: () => new Date() }, log: silentLog, progress: noProgress, ...given };
}
