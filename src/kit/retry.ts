import { isAppError } from '../core/index.ts';
import type { Sleep } from './sleep.ts';

export interface RetryOptions {
  /** How often it is tried at most. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled each time. */
  readonly firstDelay: number;
  /** Milliseconds waited at most; a server that asks for more is not waited for. */
  readonly maxDelay: number;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
  /** Told of each failure that is tried again. */
  readonly onRetry?: (error: unknown, delay: number) => void;
}

/**
 * Tries again what failed with a retryable error, with growing pauses. An error whose `data.retryAfter` names
 * milliseconds is waited for that long. The last error is thrown as it is.
 */
export async function retry<T>(attempt: (count: number) => Promise<T>, options: RetryOptions): Promise<T> {
  for (let count = 0; ; count++) {
    try {
      return await attempt(count);
    } catch (error) {
      options.signal?.throwIfAborted();
      const delay = delayAfter(error, count, options);
      if (delay === undefined) throw error;
      options.onRetry?.(error, delay);
      await options.sleep(delay, options.signal);
    }
  }
}

function delayAfter(error: unknown, count: number, options: RetryOptions): number | undefined {
  if (!isAppError(error) || !error.retryable || count + 1 >= options.attempts) return undefined;
  const wished = error.data['retryAfter'];
  if (typeof wished === 'number') return wished <= options.maxDelay ? wished : undefined;
  return Math.min(options.firstDelay * 2 ** count, options.maxDelay);
}
