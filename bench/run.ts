/**
 * Measures scans side by side, interleaved in one run: `npm run bench -- [--runs N] [--cache-dir DIR] IMAGE…`.
 * An IMAGE is an OCI layout directory or an archive; without one, a large image is built. Writes bench/results.md.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measurement, measure, median } from './measure.ts';
import { type BenchImage, readImage, type Subject, subjectsFor, unpackedSize, usable } from './subjects.ts';

interface Row {
  readonly subject: string;
  readonly seconds: number;
  readonly peak: number;
}

interface Table {
  readonly image: BenchImage;
  readonly unpacked: number;
  readonly rows: readonly Row[];
}

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '10' }, 'cache-dir': { type: 'string' }, out: { type: 'string' } },
  allowPositionals: true,
});

const cacheDir = mkdtempSync(join(tmpdir(), 'plimsoll-bench-cache-'));
try {
  copyDatabase(values['cache-dir'] ?? join(homedir(), '.cache/trivy'));
  const paths = positionals.length > 0 ? positionals : [buildImage()];
  const tables: Table[] = [];
  for (const path of paths) tables.push(await runImage(readImage(resolve(path)), Number(values.runs)));
  const text = render(tables, Number(values.runs));
  writeFileSync(values.out ?? join(import.meta.dirname, 'results.md'), text);
  process.stdout.write(text);
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
}

/** Tools write beside the database, so it is copied. */
function copyDatabase(from: string): void {
  for (const part of ['db', 'java-db']) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(cacheDir, part), { recursive: true });
  }
  execFileSync('chmod', ['-R', 'u+w', cacheDir]);
}

function buildImage(): string {
  const path = join(tmpdir(), 'plimsoll-bench-image');
  if (existsSync(join(path, 'index.json'))) return path;
  mkdirSync(path, { recursive: true });
  execFileSync(process.execPath, [join(import.meta.dirname, 'build-image.ts'), path], { stdio: 'inherit' });
  return path;
}

async function runImage(image: BenchImage, runs: number): Promise<Table> {
  const subjects: Subject[] = [];
  for (const subject of subjectsFor(image, cacheDir)) if (await usable(subject)) subjects.push(subject);
  const measured = new Map<string, Measurement[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const { name, command, prepare } of subjects) {
      prepare?.();
      measured.get(name)?.push(await measure(command));
    }
    process.stderr.write(`${image.name}: run ${run + 1} of ${runs}\n`);
  }
  const rows = [...measured].map(([subject, list]) => ({
    subject,
    seconds: median(list.map(({ seconds }) => seconds)),
    peak: Math.max(...list.map(({ peak }) => peak)),
  }));
  return { image, unpacked: unpackedSize(image), rows };
}

function render(tables: readonly Table[], runs: number): string {
  const head = `# Benchmark\n\nMedians of ${runs} interleaved runs, highest peak memory. ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}.\n`;
  return [head, ...tables.map(renderTable), renderSummary(tables)].join('\n');
}

function renderTable({ image, unpacked, rows }: Table): string {
  const floor = rows.find(({ subject }) => subject.startsWith('gzip'))?.seconds ?? Number.NaN;
  const lines = rows.map(
    ({ subject, seconds, peak }) =>
      `| ${subject.replaceAll('|', '\\|')} | ${seconds.toFixed(3)} | ${(seconds / floor).toFixed(2)} | ${peak} |`,
  );
  const title = `## ${image.name} (${image.layers.length} layers, ${Math.round(unpacked / 1e6)} MB unpacked)`;
  return `${title}\n\n| | seconds | × gzip and sha256sum | peak MB |\n|---|---|---|---|\n${lines.join('\n')}\n`;
}

function renderSummary(tables: readonly Table[]): string {
  const of = ({ rows }: Table, name: string): number =>
    rows.find(({ subject }) => subject.startsWith(name))?.seconds ?? Number.NaN;
  const large = tables.filter(({ unpacked }) => unpacked > 200e6);
  const ratios = large.map((table) => of(table, 'plimsoll cold') / of(table, 'gzip'));
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const warm = tables.map(
    (table) => `${table.image.name} +${((of(table, 'plimsoll warm') - of(table, 'node')) * 1000).toFixed(0)} ms`,
  );
  const cold =
    large.length === 0
      ? 'no image over 200 MB'
      : `geometric mean ${mean.toFixed(2)}, worst ${Math.max(...ratios).toFixed(2)}`;
  return `Cold against gzip and sha256sum (images over 200 MB): ${cold}.\nWarm over bare node: ${warm.join(', ')}.\n`;
}
