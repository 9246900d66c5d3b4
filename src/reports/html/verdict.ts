import type { VerdictReason } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { type Assessment, adviseOn } from './advice.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { countSeverities, describeCounts } from './severity-counts.ts';
import { countOf } from './words.ts';

const signs = {
  pass: 'M6 16.5l7 7L26 9',
  fail: 'M8 8l16 16M24 8L8 24',
  incomplete: 'M16 5v14M16 24v3',
} as const;
const words = { pass: 'Pass', fail: 'Fail', incomplete: 'Incomplete' } as const;

/** The answer, why, and what to do about it. */
export function drawVerdict(assessment: Assessment): Markup {
  const { verdict } = assessment.report;
  const advice = adviseOn(assessment);
  return markup`<section class="verdict ${verdict.result}" aria-labelledby="verdict">
<div class="answer">
<h2 id="verdict"><svg viewBox="0 0 32 32" aria-hidden="true"><path d="${signs[verdict.result]}"/></svg>${words[verdict.result]}</h2>
<ul class="reasons">
${listItems(reasonsOf(assessment.report))}</ul>
</div>
<div class="advice">
<h3>What to do</h3>
<ol>
${listItems(advice)}</ol>
</div>
</section>
`;
}

function listItems(items: readonly Content[]): Content {
  return items.map((item) => markup`<li>${item}</li>\n`);
}

function reasonsOf({ verdict, results, severities, coverage }: Report): string[] {
  const incomplete = coverage.notes.filter(({ effect }) => effect === 'incomplete').length;
  const suppressed = results.reduce((sum, result) => sum + (result.suppressed?.length ?? 0), 0);
  const findings = results.flatMap((result) => result.findings);
  const only = severities.length < 5 ? ` of the severities asked for (${severities.toReversed().join(', ')})` : '';
  const details = describeCounts(countSeverities(findings));
  const found =
    findings.length === 0 ? `No findings${only}` : `${countOf(findings.length, 'finding')}${only}: ${details}`;
  const gaps = incomplete > 0 ? [`${countOf(incomplete, 'thing')} could not be judged`] : [];
  return [
    ...(verdict.result === 'incomplete' ? [...gaps, `${found} in the rest`] : [found, ...gaps]),
    ...verdict.reasons.flatMap(describeEndOfLife),
    ...(suppressed > 0 ? [`${countOf(suppressed, 'finding')} left out by decision`] : []),
    verdict.gated ? 'A gate was asked for: this result decides' : 'No gate was asked for: this result stops nothing',
  ];
}

function describeEndOfLife(reason: VerdictReason): string[] {
  return reason.kind === 'end-of-life' ? [`${reason.family} ${reason.release} is past its end of life`] : [];
}
