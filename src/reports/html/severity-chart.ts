import type { Severity } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { drawBar } from './bar.ts';
import { toFragment } from './fragment.ts';
import { type Markup, markup } from './markup.ts';
import { countSeverities, worstFirst } from './severity-counts.ts';

/** How many findings there are of each severity, and how many of them a newer version removes. */
export function drawSeverities({ results, severities }: Report): Markup {
  const findings = results.flatMap((result) => result.findings);
  const counts = countSeverities(findings);
  const fixable = countSeverities(findings.filter(({ fixedVersion }) => Boolean(fixedVersion)));
  const most = Math.max(1, ...Object.values(counts));
  const asked = worstFirst.filter((severity) => severities.includes(severity));
  return markup`<section aria-labelledby="severities">
<h2 id="severities">Severity</h2>
<table class="chart severities">
<thead class="hidden"><tr><th scope="col">Severity</th><th scope="col">Share</th><th scope="col">Findings</th><th scope="col">With a fix</th></tr></thead>
<tbody>
${asked.map((severity) => drawRow({ severity, all: counts[severity], fixable: fixable[severity], most }))}</tbody>
</table>
<p class="legend"><span class="key full"></span> a newer version fixes it <span class="key faint"></span> no fix yet</p>
</section>
`;
}

interface Row {
  readonly severity: Severity;
  readonly all: number;
  readonly fixable: number;
  readonly most: number;
}

function drawRow({ severity, all, fixable, most }: Row): Markup {
  const name = severity.toLowerCase();
  const label = markup`<span class="badge ${name}">${severity}</span>`;
  const bar = drawBar([
    { share: fixable / most, kind: `fill ${name}` },
    { share: (all - fixable) / most, kind: `fill ${name} faint` },
  ]);
  return markup`<tr><th scope="row">${all > 0 ? markup`<a href="${toFragment({ severity: name })}">${label}</a>` : label}</th><td class="wide">${bar}</td><td class="number">${all.toLocaleString('en')}</td><td class="number muted">${all > 0 && `${fixable.toLocaleString('en')} fixable`}</td></tr>
`;
}
