import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { quickstartError } from './errors.ts';

const root = join(import.meta.dirname, '../..');
/** Any step takes a second or two; one that hangs must not hang for ever. */
const timeout = 120_000;
const ready = /Serving at https?:\/\/([^\s,]+)/;

/** A command that serves until it is closed. */
export interface StartedCommand {
  /** `address:port`. */
  readonly host: string;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the built program in the repository's root, its output where ours goes or into a file; resolves to the exit code. */
export function runPlimsoll(args: readonly string[], environment: Environment, into?: string): Promise<number> {
  const output = into === undefined ? 'inherit' : openSync(resolve(root, into), 'w');
  const child = start(args, environment, { stdio: ['inherit', output, 'inherit'], timeout });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** Starts a command that serves, its log in a file; resolves when it is ready. @throws QUICKSTART_NOT_SERVING */
export async function startPlimsoll(
  args: readonly string[],
  environment: Environment,
  log: string,
): Promise<StartedCommand> {
  const child = start(args, environment, { stdio: ['ignore', 'pipe', openSync(log, 'w')] });
  const exited = once(child, 'exit');
  const host = await new Promise<string>((found, reject) => {
    let said = '';
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const host = ready.exec(said)?.[1];
      if (host !== undefined) found(host);
    });
    child.once('exit', () => reject(quickstartError('QUICKSTART_NOT_SERVING', { data: { log } })));
  });
  return {
    host,
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function start(args: readonly string[], environment: Environment, options: SpawnOptions) {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw quickstartError('QUICKSTART_NOT_BUILT');
  const env = { ...process.env, ...environment };
  return spawn(process.execPath, [join('bin', 'plimsoll.js'), ...args], { cwd: root, env, ...options });
}
