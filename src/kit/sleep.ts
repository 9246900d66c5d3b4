import { setTimeout as wait } from 'node:timers/promises';

/** Waits; given to what retries, so that tests need not. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Waits by the real clock; rejects when `signal` fires. */
export const sleep: Sleep = async (milliseconds, signal) => {
  await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
};
