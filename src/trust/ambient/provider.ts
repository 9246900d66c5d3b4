import type { Fetch, Logger } from '../../core/index.ts';
import type { Registered } from '../../kit/registry.ts';

/** A place that gives tokens to what runs in it; its `id` is what `--oidc-provider` calls it. */
export interface AmbientProvider extends Registered {
  /** For people. */
  readonly title: string;
  /** Whether this is such a place; nobody is asked over the network. */
  readonly isHere: (surroundings: Surroundings) => boolean | Promise<boolean>;
  readonly load: () => Promise<AskToken>;
}

/** Gives a token for the audience. @throws TRUST_SERVICE_*, TRUST_PROVIDER_ABSENT, DISK_*, NET_* */
export type AskToken = (surroundings: Surroundings, audience: string) => Promise<string>;

/** What a program knows of where it runs. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called only when a service is asked. */
  readonly fetch: () => Promise<Fetch>;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** The directory that files of the system are below; the root unless given. */
  readonly root?: string;
}
