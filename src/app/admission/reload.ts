import type { Meter } from '../../admission/index.ts';
import { codeOf, describeError, type Logger } from '../../core/index.ts';
import { sleep } from '../../kit/sleep.ts';

/** Something read of files, and used until they change. */
export interface Reloaded<T> {
  /** For the log, for example `policies`. */
  readonly what: string;
  /** @throws DISK_* */
  readonly read: () => Promise<T>;
  readonly identity: (value: T) => string;
  /** @throws an error of its room when it cannot be used: what is in use stays */
  readonly use: (value: T) => Promise<void> | void;
}

export interface Reloading {
  readonly log: Logger;
  readonly meter: Pick<Meter, 'reload'>;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Looks again and again whether files have changed, and uses what they hold then, until the signal fires. */
export async function keepReloading<T>(
  { what, read, identity, use }: Reloaded<T>,
  first: T,
  { log, meter, milliseconds, signal }: Reloading,
): Promise<void> {
  let last = identity(first);
  while (await waited(milliseconds, signal)) {
    let now = '';
    try {
      const value = await read();
      now = identity(value);
      if (now === last) continue;
      await use(value);
      meter.reload(what, true);
      log.info('Files have changed and are used from now on', { what });
    } catch (error) {
      if (now !== last) {
        meter.reload(what, false);
        log.warn('Files have changed and cannot be used; what was read before stays', {
          what,
          code: codeOf(error),
          reason: describeError(error),
        });
      }
    }
    last = now;
  }
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  await sleep(milliseconds, signal).catch(() => undefined);
  return !signal.aborted;
}
