import type { Meter } from '../../../admission/index.ts';
import { codeOf, describeError, type Logger } from '../../../core/index.ts';
import { sleep as realSleep, type Sleep } from '../../../kit/sleep.ts';

export interface OutboxOptions<T> {
  /** For the log, for example `events`. */
  readonly what: string;
  readonly log: Logger;
  readonly meter: Pick<Meter, 'lost'>;
  /** Ends it: what waits then is given up. */
  readonly signal: AbortSignal;
  readonly send: (item: T) => Promise<void>;
  readonly sleep?: Sleep;
  /** Milliseconds that the first of them waits, for what it is about to be there. */
  readonly delay?: number;
}

/** How many wait at most, and milliseconds between two that are sent. */
const bounds = { waiting: 1000, pause: 200 };

/**
 * Sends things one after another, at most five in a second. Of those with the same key the last counts; when too many wait, the oldest
 * are given up, and the log says how many.
 */
export class Outbox<T> {
  readonly #options: OutboxOptions<T>;
  readonly #waiting = new Map<string, T>();
  #isSending = false;
  #lost = 0;

  constructor(options: OutboxOptions<T>) {
    this.#options = options;
  }

  /** Returns at once. */
  put(key: string, item: T): void {
    this.#waiting.delete(key);
    this.#waiting.set(key, item);
    if (this.#waiting.size > bounds.waiting) {
      const [oldest = ''] = this.#waiting.keys();
      this.#waiting.delete(oldest);
      this.#lost++;
      this.#options.meter.lost(this.#options.what);
    }
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    const { signal, sleep = realSleep, delay } = this.#options;
    this.#isSending = true;
    if (delay !== undefined) await sleep(delay, signal).catch(() => undefined);
    for (const [key, item] of this.#waiting) {
      if (signal.aborted) break;
      this.#waiting.delete(key);
      await this.#sendOne(item);
      await sleep(bounds.pause, signal).catch(() => undefined);
    }
    this.#isSending = false;
    if (signal.aborted) this.#waiting.clear();
  }

  async #sendOne(item: T): Promise<void> {
    const { what, log, meter, send } = this.#options;
    try {
      await send(item);
      if (this.#lost > 0)
        log.warn('More is to be told than the cluster is given; some was left out', { what, lost: this.#lost });
      this.#lost = 0;
    } catch (error) {
      meter.lost(what);
      log.debug('The cluster could not be told', { what, code: codeOf(error), reason: describeError(error) });
    }
  }
}
