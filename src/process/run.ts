import { spawn } from 'node:child_process';

export interface RunRequest {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly input: string | Uint8Array;
  /** The whole environment of the program; nothing is inherited. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Bytes of output kept of each stream; more ends the program. */
  readonly maxOutput: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export type RunResult =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' | 'timeout' | 'too-much-output' };

/** Runs a program without a shell and waits for it; how it ended is a value. */
export function run(request: RunRequest): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    request.signal?.throwIfAborted();
    const child = spawn(request.program, [...request.arguments], {
      env: request.environment as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
    });
    const end = (result: RunResult): void => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', abort);
      child.kill('SIGKILL');
      resolve(result);
    };
    const abort = (): void => {
      reject(request.signal?.reason);
      end({ kind: 'timeout' });
    };
    const timer = setTimeout(() => end({ kind: 'timeout' }), request.timeout);
    request.signal?.addEventListener('abort', abort);
    const stdout = collect(child.stdout, request.maxOutput, () => end({ kind: 'too-much-output' }));
    const stderr = collect(child.stderr, request.maxOutput, () => end({ kind: 'too-much-output' }));
    child.on('error', () => end({ kind: 'missing' }));
    child.on('close', (code) => end({ kind: 'exited', code: code ?? -1, stdout: stdout(), stderr: stderr() }));
    // A program that ends without reading its input is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.input);
  });
}

function collect(stream: NodeJS.ReadableStream, limit: number, onTooMuch: () => void): () => string {
  const parts: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > limit) onTooMuch();
    else parts.push(chunk);
  });
  return () => Buffer.concat(parts).toString('utf8');
}
