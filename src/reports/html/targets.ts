import type { OperatingSystem, Result } from '../../core/index.ts';
import { drawCounts } from './counts.ts';
import { toFragment } from './fragment.ts';
import { type Markup, markup } from './markup.ts';
import { compareCounts, countSeverities, totalOf } from './severity-counts.ts';
import { countOf } from './words.ts';

const maxShown = 8;

/** Where findings are: the targets that have most of them, and how many are clean. */
export function drawTargets(results: readonly Result[], os: OperatingSystem | undefined): Markup {
  if (results.length === 0) return markup`<p class="empty">No packages were found.</p>\n`;
  const rows = results
    .map((result) => ({ ...result, counts: countSeverities(result.findings) }))
    .sort((a, b) => totalOf(b.counts) - totalOf(a.counts) || compareCounts(a.counts, b.counts));
  const more = rows.length - maxShown;
  return markup`<table class="chart">
<thead class="hidden"><tr><th scope="col">Target</th><th scope="col">Findings</th></tr></thead>
<tbody>
${rows
  .slice(0, maxShown)
  .map(
    ({ target, class: resultClass, type, packages, counts }) =>
      markup`<tr><th scope="row"><span class="place">${labelOf({ class: resultClass, target }, os)}</span><span class="versions">${type}, ${countOf(packages.length, 'package')}</span></th><td class="number">${drawCounts(counts, toFragment({ target }))}</td></tr>\n`,
  )}</tbody>
</table>
${more > 0 && markup`<p class="legend">and ${countOf(more, 'more target')}</p>\n`}`;
}

/** What a person calls a target: packages of the system are found under the name of the whole image. */
export function labelOf(
  { class: resultClass, target }: Pick<Result, 'class' | 'target'>,
  os: OperatingSystem | undefined,
): string {
  return resultClass === 'os-pkgs' && os !== undefined ? `${os.family} ${os.name}` : target;
}
