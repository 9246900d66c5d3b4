import type { Report } from '../report.ts';
import { drawBar } from './bar.ts';
import { toFragment } from './fragment.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { describeCounts, worstFirst } from './severity-counts.ts';
import type { Upgrade } from './upgrades.ts';
import { countOf } from './words.ts';

/** Upgrades that are shown at once, and those that can be unfolded; the findings name all. */
const maxShown = 7;
const maxFolded = 60;

/** Which upgrades remove most findings. */
export function drawFixFirst({ results }: Report, upgrades: readonly Upgrade[]): Markup {
  return markup`<section class="panel" aria-labelledby="fix-first">
<h2 id="fix-first">Fix first</h2>
${upgrades.length === 0 ? markup`<p class="empty">No upgrade removes any finding yet.</p>\n` : drawUpgrades(results, upgrades)}</section>
`;
}

function drawUpgrades(results: Report['results'], upgrades: readonly Upgrade[]): Markup {
  const total = results.reduce((sum, { findings }) => sum + findings.length, 0);
  const fixable = upgrades.reduce((sum, { findings }) => sum + findings.length, 0);
  const most = upgrades[0]?.findings.length ?? 1;
  const folded = upgrades.slice(maxShown, maxShown + maxFolded);
  const rest = Math.max(0, upgrades.length - maxShown - folded.length);
  const all = `${countOf(upgrades.length, 'upgrade')} ${upgrades.length === 1 ? 'removes' : 'remove'}`;
  return markup`${drawTable(upgrades.slice(0, maxShown), most)}${
    folded.length > 0 &&
    markup`<details><summary>${countOf(folded.length + rest, 'more upgrade')}</summary>
${drawTable(folded, most)}${rest > 0 && markup`<p class="muted">and ${rest.toLocaleString('en')} more, in the findings below</p>\n`}</details>
`
  }<p class="legend">${all} ${fixable.toLocaleString('en')} of ${countOf(total, 'finding')}.</p>
`;
}

function drawTable(upgrades: readonly Upgrade[], most: number): Markup {
  return markup`<table class="chart">
<thead class="hidden"><tr><th scope="col">Upgrade</th><th scope="col">Share</th><th scope="col">Findings removed</th></tr></thead>
<tbody>
${upgrades.map((upgrade) => drawRow(upgrade, most))}</tbody>
</table>
`;
}

function drawRow({ name, from, to, type, findings, counts }: Upgrade, most: number): Content {
  const href = toFragment({ package: name, fix: 'fixable' });
  const parts = worstFirst
    .filter((severity) => counts[severity] > 0)
    .map((severity) => ({ share: counts[severity] / most, kind: `fill ${severity.toLowerCase()}` }));
  return markup`<tr><th scope="row"><a href="${href}">${name}</a> <span class="muted">${type}</span><span class="versions mono">${from} <span aria-label="to">→</span> ${to}</span></th><td class="wide">${drawBar(parts)}</td><td class="number"><span class="hidden">${describeCounts(counts)}, in all </span>${findings.length.toLocaleString('en')}</td></tr>
`;
}
