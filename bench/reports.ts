/**
 * Measures every format of reports at two sizes, interleaved in one run, each in a process of its own:
 * `npm run bench:reports -- [--runs N]`. Writes bench/reports.md: ratios only, as machines differ.
 */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportFormats } from '../src/reports/registry.ts';
import { median } from './measure.ts';

interface Cost {
  /** CPU seconds of rendering alone. */
  readonly seconds: number;
  /** Peak resident memory of the process in MB. */
  readonly peak: number;
}

const sizes = [5_000, 60_000] as const;
/** A process that makes the report and renders nothing. */
const nothing = 'none';
/** What others are compared with. */
const yardstick = 'json';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
const subjects = [
  nothing,
  ...reportFormats.all.flatMap(({ id, loadReader }) => (loadReader === undefined ? [id] : [id, `${id}-read`])),
];

const text = render(measureAll());
writeFileSync(join(import.meta.dirname, 'reports.md'), text);
process.stdout.write(text);

function measureAll(): Map<string, Cost> {
  const measured = new Map<string, Cost[]>();
  for (let run = 0; run < runs; run++) {
    for (const size of sizes) {
      for (const subject of subjects) {
        const key = keyOf(subject, size);
        measured.set(key, [...(measured.get(key) ?? []), measureOnce(subject, size)]);
      }
    }
    process.stderr.write(`run ${run + 1} of ${runs}\n`);
  }
  return new Map([...measured].map(([key, costs]) => [key, middle(costs)]));
}

function measureOnce(subject: string, size: number): Cost {
  const script = join(import.meta.dirname, 'render-once.ts');
  return JSON.parse(execFileSync(process.execPath, [script, subject, String(size)], { encoding: 'utf8' })) as Cost;
}

function middle(costs: readonly Cost[]): Cost {
  return { seconds: median(costs.map(({ seconds }) => seconds)), peak: median(costs.map(({ peak }) => peak)) };
}

function keyOf(subject: string, size: number): string {
  return `${subject} ${size}`;
}

function render(costs: ReadonlyMap<string, Cost>): string {
  const [few, many] = sizes;
  const of = (subject: string, size: number): Cost => costs.get(keyOf(subject, size)) ?? { seconds: 0, peak: 0 };
  const rows = subjects
    .filter((subject) => subject !== nothing)
    .map((subject) => {
      const cells = [
        ...sizes.map((size) => of(subject, size).seconds / of(yardstick, size).seconds),
        of(subject, many).seconds / of(subject, few).seconds,
        ...sizes.map((size) => of(subject, size).peak / of(nothing, size).peak),
      ];
      return `| ${subject} | ${cells.map((cell) => cell.toFixed(2)).join(' | ')} |\n`;
    });
  return `# Reports

How much the formats take at ${few.toLocaleString('en')} and ${many.toLocaleString('en')} findings: medians of ${runs} interleaved runs, Node ${process.version}. Made by
\`npm run bench:reports\`. CPU time is that of rendering alone, over that of ${yardstick}; peak memory is that of a process, over that of one that
makes the same report and renders nothing. \`${yardstick}-read\` reads a saved report back.

| format | CPU, ${few} | CPU, ${many} | CPU of ${many / few} times the findings | memory, ${few} | memory, ${many} |
|---|---|---|---|---|---|
${rows.join('')}`;
}
