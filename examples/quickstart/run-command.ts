import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quickstartError } from './errors.ts';

const root = join(import.meta.dirname, '../..');
/** Any step takes a second or two; one that hangs must not hang for ever. */
const timeout = 120_000;

/** Runs the built program in the repository's root, its output where ours goes; resolves to the exit code. */
export function runPlimsoll(args: readonly string[]): Promise<number> {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw quickstartError('QUICKSTART_NOT_BUILT');
  const child = spawn(process.execPath, [join('bin', 'plimsoll.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
    timeout,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
