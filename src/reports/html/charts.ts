import type { Report } from '../report.ts';
import { drawFixFirst } from './fix-first.ts';
import { type Markup, markup } from './markup.ts';
import { drawSeverities } from './severity-chart.ts';
import { drawTargets } from './targets.ts';
import type { Upgrade } from './upgrades.ts';

/** What was found beside what to fix; where nothing was found, only what was looked at. */
export function drawCharts(report: Report, upgrades: readonly Upgrade[]): Markup {
  const targets = drawTargets(report.results, report.os);
  if (report.results.every(({ findings }) => findings.length === 0)) {
    return markup`<section class="panel" aria-labelledby="targets">
<h2 id="targets">Looked at</h2>
${targets}</section>
`;
  }
  return markup`<div class="charts">
<div class="panel">
${drawSeverities(report)}<section class="next" aria-labelledby="targets">
<h2 id="targets">Where</h2>
${targets}</section>
</div>
${drawFixFirst(report, upgrades)}</div>
`;
}
