import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** True when a program is on PATH; REQUIRE_PEERS=1 makes its absence a failure. */
export async function hasPeer(program: string): Promise<boolean> {
  const found = await run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );
  if (!found && process.env['REQUIRE_PEERS'] === '1') expect.fail(`${program} is not installed`);
  return found;
}
