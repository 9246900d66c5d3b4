import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { cliError } from './errors.ts';
import { typeSecret } from './type-secret.ts';

/** The process as the program sees it; tests bring another. */
export interface Host {
  /** The name the program was called by, without its directory. */
  readonly programName: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly platform: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** May be asked for several times; each goes on where the one before has ended. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** What a person types without its being shown; undefined where the standard input is no terminal. */
  readonly typeSecret?: () => Promise<string>;
  /** Calls `listener` for SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
}

export interface Output {
  /** Resolves when the data was handed over; a reader that went away is no error. @throws CLI_OUTPUT_FAILED */
  write(data: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Of a terminal. */
  readonly columns?: number;
  readonly rows?: number;
}

export function processHost(): Host {
  return {
    programName: basename(process.argv[1] ?? 'plimsoll').replace(/\.js$/, ''),
    args: process.argv.slice(2),
    environment: process.env,
    workingDirectory: process.cwd(),
    platform: process.platform,
    stdout: makeOutput(process.stdout, (cause) =>
      cliError('CLI_OUTPUT_FAILED', { data: { reason: cause.message }, cause }),
    ),
    // There is nowhere left to say it.
    stderr: makeOutput(process.stderr, () => undefined),
    stdin: () => process.stdin.iterator({ destroyOnReturn: false }),
    // Not `stdin.isTTY`, which makes the stream.
    ...(isatty(0) && { typeSecret: () => typeSecret(process.stdin) }),
    onSignal(listener) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.removeListener(signal, listener);
      };
    },
  };
}

/** Writes to a stream; `onFailure` is asked about what goes wrong, but for a reader that went away. */
function makeOutput(stream: NodeJS.WriteStream, onFailure: (error: Error) => unknown): Output {
  // The callbacks of write tell the same; without a listener the process would end.
  stream.on('error', () => undefined);
  return {
    write: (data) =>
      new Promise((resolve, reject) => {
        if (data.length === 0) return resolve();
        stream.write(data, (error: NodeJS.ErrnoException | null | undefined) => {
          const failure = error && error.code !== 'EPIPE' ? onFailure(error) : undefined;
          if (failure === undefined) resolve();
          else reject(failure);
        });
      }),
    isTerminal: stream.isTTY === true,
    // A terminal may not know its size, and then says 0.
    ...(stream.columns > 0 && { columns: stream.columns }),
    ...(stream.rows > 0 && { rows: stream.rows }),
  };
}
