/**
 * What starting costs beside bare Node, interleaved in one run: `node bench/startup.ts [RUNS]`. The program must be built.
 * Budget: --version at most 10 ms above bare Node, a command at most 40 ms.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../dist/cli/main.js');
const runs = Number(process.argv[2] ?? 30);
const work = mkdtempSync(join(tmpdir(), 'plimsoll-startup-'));

const subjects: readonly { readonly name: string; readonly args: readonly string[]; readonly budget: number }[] = [
  { name: 'bare node', args: ['-e', '0'], budget: 0 },
  { name: '--version', args: [main, '--version'], budget: 10 },
  { name: '--help', args: [main, '--help'], budget: 40 },
  { name: 'image --help', args: [main, 'image', '--help'], budget: 40 },
  { name: 'version', args: [main, 'version', '--cache-dir', work], budget: 40 },
  { name: 'an empty scan', args: [main, 'fs', '--scanners', 'license', '--cache-dir', work, work], budget: 40 },
];

function measure(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore', cwd: work });
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const times = subjects.map((): number[] => []);
for (let run = 0; run < runs; run++) {
  for (const [index, { args }] of subjects.entries()) times[index]?.push(measure(args));
}
rmSync(work, { recursive: true });

const floor = median(times[0] ?? []);
let over = false;
for (const [index, { name, budget }] of subjects.entries()) {
  const time = median(times[index] ?? []);
  const above = time - floor;
  if (above > budget) over = true;
  console.log(`${name.padEnd(16)} ${time.toFixed(1).padStart(7)} ms  +${above.toFixed(1)} ms (budget ${budget})`);
}
process.exitCode = over ? 1 : 0;
