/** Renders one long report in one format and tells what it took; `node bench/render-once.ts FORMAT FINDINGS`, for bench/reports.ts. */

import type { ReportFormat } from '../src/reports/index.ts';
import { reportFormats } from '../src/reports/registry.ts';
import { makeLongReport } from '../testkit/long-report.ts';
import { makeRenderOptions } from '../testkit/report.ts';

const [id = '', findings = '0'] = process.argv.slice(2);
const report = makeLongReport(Number(findings));
const format = reportFormats.get(id.replace(/-read$/, ''));

const seconds = format === undefined ? 0 : id.endsWith('-read') ? await readBack(format) : await render(format);
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peak }));

/** CPU seconds of all threads; the pieces are used up and forgotten, as by a file that is written. */
async function render(format: ReportFormat): Promise<number> {
  const run = await format.load();
  return cpuOf(() => {
    const rendered = run(report, makeRenderOptions());
    if (typeof rendered !== 'string') for (const piece of rendered) piece.toString();
  });
}

async function readBack(format: ReportFormat): Promise<number> {
  const [run, read] = [await format.load(), await format.loadReader?.()];
  const rendered = run(report, makeRenderOptions());
  const bytes = Buffer.from(typeof rendered === 'string' ? rendered : [...rendered].join(''));
  return cpuOf(() => read?.(bytes, new Date()));
}

function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
