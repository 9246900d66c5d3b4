import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { makeWorkplace } from './cli.ts';

const bin = join(import.meta.dirname, '../../bin/plimsoll.js');
/** The Node of the machine, which may be too old for Plimsoll; the one that runs the tests elsewhere. */
const machineNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path)) ?? process.execPath;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function start(
  args: readonly string[],
  cwd: string,
): { readonly kill: (signal: 'SIGTERM') => void; readonly ended: Promise<Ended> } {
  const child = spawn(machineNode, [bin, ...args], { cwd, env: { HOME: cwd, PATH: '/usr/bin:/bin' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output })));
  return { kill: (signal) => child.kill(signal), ended };
}

test('the launcher runs from any directory, whatever Node the machine has', async () => {
  const { cwd, scan } = makeWorkplace();
  expect((await start(['--version'], temporaryDirectory()).ended).output).toMatch(/^Version: /);
  expect((await start([...scan, '--exit-code', '7'], cwd).ended).code).toBe(7);
});

test('who ends the launcher ends the program', async () => {
  const registry = await startRegistry({ faults: [{ match: /^GET/, act: { kind: 'stall' } }] });
  const { cwd, cache } = makeWorkplace();
  const running = start(['image', '--cache-dir', cache, `${registry.host}/app:1`], cwd);
  await expect.poll(() => registry.seen.length, { timeout: 10_000 }).toBeGreaterThan(0);
  running.kill('SIGTERM');
  const { code, output } = await running.ended;
  expect(code).toBe(143);
  expect(output).toContain('Stopped by SIGTERM [CLI_INTERRUPTED]');
});

test('what was compiled is kept for the next run, and missed by none where it cannot be', async () => {
  const home = temporaryDirectory();
  const first = await start(['sbom', '--help'], home).ended;
  expect(readdirSync(join(home, '.cache/plimsoll/code'))).not.toEqual([]);
  const barred = temporaryDirectory();
  writeFileSync(join(barred, '.cache'), 'a file');
  expect(await start(['sbom', '--help'], home).ended).toEqual(first);
  expect(await start(['sbom', '--help'], barred).ended).toEqual(first);
});
