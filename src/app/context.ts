import type { Clock, Logger, Progress } from '../core/index.ts';
import type { RegistryClient } from '../oci/index.ts';

/** What every use case is given from outside, so that it depends on no global state. */
export interface AppContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Directory of databases, laid out like Trivy's, and of our own caches below `plimsoll/`. */
  readonly cacheDir: string;
  /** Called only when a registry is needed. */
  readonly registry: () => Promise<RegistryClient>;
  readonly signal?: AbortSignal;
}
