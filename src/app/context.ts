import type { Clock, Fetch, Logger, Progress } from '../core/index.ts';
import type { RegistryClient } from '../oci/index.ts';
import type { DaemonAccess } from '../targets/index.ts';
import { clusterOpener, type OpenCluster } from './cluster-access.ts';
import { fetchOpener, openFetchAs, type PeerIdentity, type RegistryAccess, registryOpener } from './registry-access.ts';

/** What every use case is given from outside, so that it depends on no global state. */
export interface AppContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Directory of databases, laid out like Trivy's, and of our own caches below `plimsoll/`. */
  readonly cacheDir: string;
  /** Called only when a registry is needed. */
  readonly registry: () => Promise<RegistryClient>;
  /** Sends requests to servers that are no registries; called only when one is needed. */
  readonly fetch: () => Promise<Fetch>;
  /** The same for a server that knows its clients by certificates. */
  readonly fetchAs?: (identity: PeerIdentity) => Promise<Fetch>;
  /** How daemons of this machine that hold images are reached; without it none is looked for. */
  readonly daemons?: DaemonAccess;
  /** Opens a client of a cluster; called only when one is asked. */
  readonly cluster?: OpenCluster;
  readonly signal?: AbortSignal;
  /** Names the program's code: where it is known, reports are kept and given out again while nothing has changed. */
  readonly build?: string;
  /** The moment that reports state and end of life is judged by, when it is not the clock's. */
  readonly reportTime?: Date;
}

/** What a context is made from; all but the cache directory has a default. */
export interface ContextOptions extends Partial<Omit<AppContext, 'registry' | 'fetch' | 'fetchAs'>> {
  readonly cacheDir: string;
  /** How registries are reached. */
  readonly access?: RegistryAccess;
}

const silentLog: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined };
const noProgress: Progress = { start: () => ({ advance: () => undefined, finish: () => undefined }) };

/** A context with the system's clock, and no log and no progress unless given. */
export function makeContext({ access = {}, ...given }: ContextOptions): AppContext {
  const context = { clock: { now: () => new Date() }, log: silentLog, progress: noProgress, ...given };
  const fetch = fetchOpener(access);
  const { environment, allowedHosts } = access;
  const daemons = environment && { environment, ...(allowedHosts !== undefined && { allowedHosts }) };
  return {
    ...(daemons !== undefined && { daemons }),
    // A context that is made of another one has its own environment.
    ...(environment !== undefined && { cluster: clusterOpener(access, context.clock) }),
    ...context,
    fetch,
    fetchAs: (identity) => openFetchAs(access, identity),
    registry: registryOpener(access, { ...context, fetch }),
  };
}
