import { isComplete, type Result } from '../../core/index.ts';
import type { Report } from '../report.ts';
import type { LayersView } from './layers.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { worstFirst } from './severity-counts.ts';
import { labelOf } from './targets.ts';

/** A longer list is no help. */
const maxTargets = 300;

const classes: Readonly<Record<Result['class'], string>> = {
  'os-pkgs': 'System packages',
  'lang-pkgs': 'Language packages',
};

/** The frame that the script fills with findings: controls, a table with a head, and places for what is told. */
export function drawFindings(report: Report, layers: LayersView): Markup {
  const some = report.results.some(({ findings, suppressed }) => findings.length > 0 || (suppressed?.length ?? 0) > 0);
  return markup`<section class="panel findings" id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${some ? drawExplorer(report, layers) : markup`<p class="empty">${describeNone(report)}</p>\n`}</section>
`;
}

/** Nothing found is not the same as nothing there. */
function describeNone({ coverage, scanners }: Report): string {
  if (!isComplete(coverage.notes)) return 'There are no findings in what could be judged.';
  return scanners.length === 0 ? 'Findings were not looked for.' : 'There are no findings.';
}

function drawExplorer(report: Report, layers: LayersView): Markup {
  const { results, severities } = report;
  const asked = worstFirst.filter((severity) => severities.includes(severity));
  const found = [...new Set(results.filter(({ findings }) => findings.length > 0).map((result) => result.class))];
  const ignored = results.some(({ suppressed }) => (suppressed?.length ?? 0) > 0);
  return markup`<noscript><p class="empty">The list of findings needs JavaScript, which is turned off here. Everything else is on this page, and the other formats list every finding.</p></noscript>
<form class="filters" id="filters" role="search" aria-label="Narrow the findings" hidden>
<label class="search">Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="CVE, package, title, path"></label>
<fieldset><legend>Severity</legend>
${asked.map((severity) => drawSeverityBox(severity.toLowerCase(), severity))}</fieldset>
${drawSelect('fix', 'Fix', [
  ['fixable', 'fix available'],
  ['unfixed', 'no fix yet'],
])}${
  found.length > 1 &&
  drawSelect(
    'class',
    'Class',
    found.map((one) => [one, classes[one]] as const),
  )
}${drawTargetSelect(report, found.length)}${drawLayerSelect(layers)}<label>Package <input type="text" name="package" list="packages" autocomplete="off" spellcheck="false" placeholder="exact name"></label>
<datalist id="packages"></datalist>
${ignored && markup`<label class="box"><input type="checkbox" name="ignored"> Ignored too</label>\n`}<button type="reset">Clear</button>
</form>
<p class="shown" id="shown" role="status"></p>
<table class="grid" id="table" hidden>
<caption class="hidden">Findings, the rows of which can be opened for details</caption>
<thead><tr>${drawHead('severity', 'Severity')}${drawHead('vulnerability', 'Vulnerability')}${drawHead('package', 'Package')}${drawHead('target', 'Where')}</tr></thead>
<tbody id="rows"></tbody>
</table>
<p class="empty" id="none" hidden>No finding is like this. <button type="button" id="clear">Clear all filters</button></p>
<p class="more"><button type="button" id="more" hidden>Show more</button></p>
`;
}

function drawSeverityBox(name: string, label: string): Markup {
  return markup`<label class="chip ${name}"><input type="checkbox" name="severity" value="${name}"><span>${label} <b data-count="${name}"></b></span></label>
`;
}

function drawSelect(name: string, label: string, options: readonly (readonly [string, string])[]): Markup {
  return markup`<label>${label} <select name="${name}"><option value="">any</option>${options.map(([value, text]) => markup`<option value="${value}">${text}</option>`)}</select></label>
`;
}

/** Fewer targets than classes are told apart by their class. */
function drawTargetSelect({ results, os }: Report, classes: number): Content {
  const names = new Map(
    results.filter(({ findings }) => findings.length > 0).map((result) => [result.target, labelOf(result, os)]),
  );
  if (names.size <= classes || names.size > maxTargets) return undefined;
  return drawSelect('target', 'Target', [...names]);
}

function drawLayerSelect({ layers, split }: LayersView): Content {
  if (layers.length < 2) return undefined;
  const parts =
    split === undefined
      ? []
      : ([
          ['base', 'base image'],
          ['app', 'built on it'],
        ] as const);
  return drawSelect('layer', 'Layer', [
    ...parts,
    ...layers.map(({ name }, index) => [String(index + 1), name] as const),
  ]);
}

function drawHead(name: string, label: string): Markup {
  return markup`<th scope="col" class="${name}" data-label="${label}"><button type="button" data-sort="${name}">${label}</button></th>`;
}
