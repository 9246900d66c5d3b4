import type { Host, Output } from '../src/cli/host.ts';

/** Everything that was written to it. */
export interface RecordedOutput extends Output {
  readonly text: () => string;
  readonly bytes: () => Buffer;
}

export function recordOutput(terminal?: { readonly columns: number; readonly rows: number }): RecordedOutput {
  const parts: Uint8Array[] = [];
  const bytes = (): Buffer => Buffer.concat(parts);
  return {
    bytes,
    text: () => bytes().toString('utf8'),
    write: async (part) => {
      parts.push(Buffer.from(part));
    },
    isTerminal: terminal !== undefined,
    ...terminal,
  };
}

type Listener = (signal: 'SIGINT' | 'SIGTERM') => void;

export interface TestHost extends Host {
  readonly stdout: RecordedOutput;
  readonly stderr: RecordedOutput;
  /** Sends the process a signal. */
  readonly signal: Listener;
}

/** A process that exists in memory only. */
export function makeHost(args: readonly string[], parts: Partial<Host> = {}): TestHost {
  const listeners = new Set<Listener>();
  return {
    programName: 'plimsoll',
    args,
    environment: { HOME: '/nowhere' },
    workingDirectory: '/nowhere',
    platform: 'linux',
    stdin: async function* () {},
    onSignal(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...parts,
    stdout: recordOutput(),
    stderr: recordOutput(),
    signal: (signal) => {
      for (const listener of listeners) listener(signal);
    },
  };
}
