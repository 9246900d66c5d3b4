import type { Render } from '../report.ts';
import { toLayout } from './layout.ts';
import { drawSummary } from './summary.ts';
import { drawVerdict } from './verdict.ts';
import { drawVulnerabilities } from './vulnerabilities.ts';

/** A summary and the findings of each target as tables; under our own name also the verdict and what it rests on. */
export const renderTable: Render = (report, options) => {
  const layout = toLayout(options);
  const details = report.results.map((result) => drawVulnerabilities(result, report.severities, layout));
  const verdict = options.dialect === 'plimsoll' ? drawVerdict(report, layout) : '';
  return drawSummary(report, layout) + details.join('') + verdict;
};
