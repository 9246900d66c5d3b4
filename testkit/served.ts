import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A registry that runs as a program. */
export interface ServedProgram {
  readonly child: ChildProcess;
  /** `address:port`. */
  readonly host: string;
  /** What it has written to its standard error so far. */
  readonly log: () => string;
  /** The same of its standard output. */
  readonly output: () => string;
  /** Sends a signal; resolves to the exit code, or null when the signal ended it. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

const ready = /Serving at https?:\/\/(\S+),|serving on port (\d+)/;

/** Waits for the line that says that the registry is ready; it is stopped when the test ends. */
export async function awaitServed(child: ChildProcess): Promise<ServedProgram> {
  const parts: string[] = [];
  const errors: string[] = [];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const host = await new Promise<string>((resolve, reject) => {
    const look = (part: Buffer): void => {
      parts.push(part.toString());
      const found = ready.exec(parts.join(''));
      if (found !== null) resolve(found[1] ?? `127.0.0.1:${found[2]}`);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', (part: Buffer) => errors.push(part.toString())).on('data', look);
    void exited.then(() => reject(new RangeError(`the registry did not start: ${errors.join('')}`)));
  });
  return {
    child,
    host,
    log: () => errors.join(''),
    output: () => parts.join(''),
    async stop(signal) {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}
