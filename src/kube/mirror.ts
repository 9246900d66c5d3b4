import { codeOf, describeError, isAppError, type Logger } from '../core/index.ts';
import { sleep as realSleep, type Sleep } from '../kit/sleep.ts';
import type { KubeClient, ListScope } from './client.ts';
import type { KubeObject, KubeResource } from './resource.ts';
import type { WatchEvent } from './watch-events.ts';

export interface MirrorOptions extends Omit<ListScope, 'signal'> {
  readonly log: Logger;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told after each change. */
  readonly onChange?: () => void;
  readonly sleep?: Sleep;
}

/** Milliseconds before asking again: after failures, doubled each time; for a kind that is not known; and between watches. */
const pauses = { first: 500, longest: 30_000, unknown: 10_000, between: 200 };

/**
 * All objects of a kind, as the cluster had them a moment ago: listed once, and watched until the signal fires. A kind that
 * the server does not know has no objects, and is looked for again. While the server cannot be asked, what was known stays.
 */
export class Mirror {
  readonly resource: KubeResource;
  /** Resolves once all objects were read the first time. */
  readonly ready: Promise<void>;
  readonly #client: KubeClient;
  readonly #options: MirrorOptions;
  readonly #first = Promise.withResolvers<void>();
  readonly #known = new Map<string, KubeObject>();
  #problem: Error | undefined;
  #failures = 0;

  constructor(client: KubeClient, resource: KubeResource, options: MirrorOptions) {
    this.#client = client;
    this.resource = resource;
    this.#options = options;
    this.ready = this.#first.promise;
    void this.#run();
  }

  /** In the order of namespace and name. */
  objects(): readonly KubeObject[] {
    return [...this.#known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  get(name: string, namespace = ''): KubeObject | undefined {
    return this.#known.get(`${namespace}/${name}`);
  }

  /** Why what is here may be old; undefined while the cluster tells of changes. */
  trouble(): Error | undefined {
    return this.#problem;
  }

  async #run(): Promise<void> {
    const { signal } = this.#options;
    let version: string | undefined;
    while (!signal.aborted) {
      try {
        version = await this.#goOn(version);
      } catch (error) {
        version = undefined;
        if (!signal.aborted) await this.#recover(error);
      }
    }
  }

  /** Watches from a version on, or lists without one; resolves to the version that is known then. */
  async #goOn(version: string | undefined): Promise<string | undefined> {
    if (version !== undefined) return this.#follow(version);
    const { sleep = realSleep, signal } = this.#options;
    const listed = await this.#client.list(this.resource, this.#options);
    this.#known.clear();
    for (const object of listed?.items ?? []) this.#known.set(keyOf(object), object);
    this.#changed();
    if (listed === undefined) await sleep(pauses.unknown, signal);
    return listed?.resourceVersion;
  }

  async #follow(since: string): Promise<string> {
    let version = since;
    for await (const event of this.#client.watch(this.resource, since, this.#options)) {
      version = event.resourceVersion;
      this.#failures = 0;
      this.#problem = undefined;
      this.#take(event);
    }
    const { sleep = realSleep, signal } = this.#options;
    await sleep(pauses.between, signal);
    return version;
  }

  #take(event: WatchEvent): void {
    if (event.type === 'bookmark') return;
    const key = keyOf(event.object);
    if (event.type === 'deleted') this.#known.delete(key);
    else this.#known.set(key, event.object);
    this.#changed();
  }

  #changed(): void {
    this.#problem = undefined;
    this.#first.resolve();
    this.#options.onChange?.();
  }

  /** A version that the server has forgotten is nobody's fault: everything is listed anew at once. */
  async #recover(error: unknown): Promise<void> {
    const { log, signal, sleep = realSleep } = this.#options;
    const count = this.#failures++;
    if (isAppError(error, 'KUBE_EXPIRED') && count === 0) return;
    this.#problem = error instanceof Error ? error : new RangeError(describeError(error));
    log.warn('The cluster cannot be asked; what was known stays', {
      resource: this.resource.plural,
      code: codeOf(error),
      reason: describeError(error),
    });
    await sleep(Math.min(pauses.first * 2 ** Math.min(count, 10), pauses.longest), signal).catch(() => undefined);
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
