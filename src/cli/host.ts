import { basename } from 'node:path';

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
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Calls `listener` for SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
}

export interface Output {
  /** Resolves when the text was handed over; a reader that went away is no error. */
  write(text: string): Promise<void>;
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
    stdout: makeOutput(process.stdout),
    stderr: makeOutput(process.stderr),
    stdin: () => process.stdin,
    onSignal(listener) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.removeListener(signal, listener);
      };
    },
  };
}

function makeOutput(stream: NodeJS.WriteStream): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return {
    write: (text) =>
      new Promise((resolve) => {
        if (closed || text === '') resolve();
        else stream.write(text, () => resolve());
      }),
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY && { columns: stream.columns, rows: stream.rows }),
  };
}
