import type { CoverageCode, CoverageNote } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { remedies } from './advice.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { countOf } from './words.ts';

/** Notes of one kind that are listed, and how many of them are shown before they are unfolded. */
const maxNotes = 200;
const shownNotes = 3;

/** What was recognised, what was not judged and why, and what it all rests on. */
export function drawCoverage(report: Report, data: readonly string[]): Markup {
  const { notes } = report.coverage;
  return markup`<section class="panel coverage" id="coverage" aria-labelledby="coverage-title">
<h2 id="coverage-title">Coverage</h2>
<div class="columns">
<div>
<h3>Recognised</h3>
${drawCatalogers(report)}<h3>Looked for</h3>
<p>${report.scanners.length === 0 ? 'packages only' : report.scanners.join(', ')}; severities ${report.severities.toReversed().join(', ')}</p>
<h3>Data</h3>
<ul>
${data.map((line) => markup`<li>${line}</li>\n`)}</ul>
</div>
<div>
<h3>Not judged</h3>
${drawNotes(notes, 'incomplete', 'Everything that was recognised was judged.')}<h3>Noted</h3>
${drawNotes(notes, 'note', 'Nothing more to know.')}</div>
</div>
</section>
`;
}

function drawCatalogers({ coverage }: Report): Markup {
  const found = coverage.catalogers.filter(({ files }) => files > 0);
  if (found.length === 0) return markup`<p class="empty">No package database, lock file or archive was found.</p>\n`;
  return markup`<table class="grid">
<thead><tr><th scope="col">Kind</th><th scope="col" class="number">Files</th><th scope="col" class="number">Packages</th></tr></thead>
<tbody>
${found.map(({ cataloger, files, packages }) => markup`<tr><th scope="row">${cataloger}</th><td class="number">${files.toLocaleString('en')}</td><td class="number">${packages.toLocaleString('en')}</td></tr>\n`)}</tbody>
</table>
`;
}

function drawNotes(notes: readonly CoverageNote[], effect: CoverageNote['effect'], none: string): Content {
  const groups = Map.groupBy(
    notes.filter((note) => note.effect === effect),
    ({ code }) => code,
  );
  if (groups.size === 0) return markup`<p class="empty">${none}</p>\n`;
  return [...groups].map(([code, group]) => drawGroup(code, group));
}

function drawGroup(code: CoverageCode, group: readonly CoverageNote[]): Markup {
  const more = group.length - maxNotes;
  const folded = group.slice(shownNotes, maxNotes);
  return markup`<div class="notes">
<h4>${code} <span class="muted">${countOf(group.length, 'time')}</span></h4>
${group[0]?.effect === 'incomplete' && markup`<p>${remedies[code]}.</p>\n`}<ul>
${group.slice(0, shownNotes).map(drawNote)}</ul>
${
  folded.length > 0 &&
  markup`<details><summary>${countOf(group.length - shownNotes, 'more', 'more')}</summary>
<ul>
${folded.map(drawNote)}</ul>
${more > 0 && markup`<p class="muted">and ${more.toLocaleString('en')} that only the JSON report lists</p>\n`}</details>
`
}</div>
`;
}

function drawNote({ path, message }: CoverageNote): Markup {
  const place = path === undefined || message.includes(path) ? undefined : markup`<span class="mono">${path}</span>: `;
  return markup`<li>${place}${message}</li>\n`;
}
