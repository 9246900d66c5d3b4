import { formatDuration } from '../config/index.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';

/** What ends a command before it is done. */
export interface Aborts {
  readonly signal: AbortSignal;
  /** The command's result; rejects with the reason for stopping, even when the command does not listen. */
  race<T>(command: Promise<T>): Promise<T>;
  stop(): void;
}

/** How long a command may take to tidy up once it was told to stop, unless it says otherwise. */
const usualGrace = 3000;
const longestTimer = 2 ** 31 - 1;

/** Watches the time limit (milliseconds, 0 for none) and the signals of the process; `grace` in milliseconds. */
export function watchAborts(host: Pick<Host, 'onSignal'>, timeout: number, grace: number = usualGrace): Aborts {
  const controller = new AbortController();
  const { signal } = controller;
  const timers: NodeJS.Timeout[] = [];
  const impatient = Promise.withResolvers<never>();
  impatient.promise.catch(() => undefined);
  signal.addEventListener('abort', () => {
    timers.push(setTimeout(() => impatient.reject(signal.reason), grace));
  });
  if (timeout > 0) {
    const expire = (): void =>
      controller.abort(cliError('CLI_TIMEOUT', { data: { timeout: formatDuration(timeout) } }));
    timers.push(setTimeout(expire, Math.min(timeout, longestTimer)).unref());
  }
  const unwatch = host.onSignal((name) => {
    // Whoever asks twice does not want to wait.
    if (signal.aborted) impatient.reject(signal.reason);
    controller.abort(cliError('CLI_INTERRUPTED', { data: { signal: name } }));
  });
  return {
    signal,
    race: (command) =>
      Promise.race([command, impatient.promise]).catch((error: unknown) => {
        // Whatever failed while stopping failed because of it.
        throw signal.aborted ? signal.reason : error;
      }),
    stop() {
      for (const timer of timers) clearTimeout(timer);
      unwatch();
    },
  };
}
