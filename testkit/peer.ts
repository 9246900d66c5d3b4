import { execFile, spawn } from 'node:child_process';
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

/** What a program said on its standard output, and how it ended. */
export interface PeerResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface PeerOptions {
  readonly input?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a program to its end, whatever that is. */
export async function runPeer(
  program: string,
  args: readonly string[],
  { input, environment = {}, cwd }: PeerOptions = {},
): Promise<PeerResult> {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, ...(cwd !== undefined && { cwd }) });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => stdout.push(part));
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString('utf8');
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout: Buffer.concat(stdout), stderr };
}
