import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../testkit/context.ts';
import { sampleEpoch, writeSampleCache, writeSampleLayout } from '../../testkit/sample.ts';

export interface CliOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** The name the program is called by. */
  readonly name?: string;
  /** A file descriptor for the standard output, in place of a pipe. */
  readonly stdout?: number;
}

export interface CliResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = join(import.meta.dirname, '../../dist/cli/main.js');

/** Starts the built program with nothing of this process's environment. */
export function startCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  const home = temporaryDirectory();
  const program = options.name === undefined ? main : linkTo(join(home, 'bin'), options.name);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? home,
    env: { HOME: home, PATH: process.env['PATH'], SOURCE_DATE_EPOCH: sampleEpoch, ...options.environment },
    stdio: ['pipe', options.stdout ?? 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  return child;
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
  });
  return { code, signal, stdout: stdout(), stderr: stderr() };
}

function collect(stream: ChildProcess['stdout']): () => string {
  const parts: Buffer[] = [];
  stream?.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString('utf8');
}

/** A link by another name, as a package manager makes it; what it leads to decides what is loaded, its name the dialect. */
function linkTo(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  symlinkSync(main, path);
  return path;
}

export interface Workplace {
  /** A working directory with nothing in it but `image`, an OCI layout. */
  readonly cwd: string;
  readonly cache: string;
  /** Arguments that scan the image with the sample database. */
  readonly scan: readonly string[];
}

/** A place to scan the sample image in. */
export function makeWorkplace(options?: Parameters<typeof writeSampleLayout>[1]): Workplace {
  const cwd = temporaryDirectory();
  const cache = temporaryDirectory();
  writeSampleLayout(join(cwd, 'image'), options);
  writeSampleCache(cache);
  return { cwd, cache, scan: ['image', '--input', 'image', '--cache-dir', cache] };
}
