import type { Result } from '../../core/index.ts';
import type { Render, RenderOptions, Report } from '../report.ts';
import { type Layout, toLayout } from './layout.ts';
import { drawOrigins } from './origins.ts';
import { drawPackages } from './packages.ts';
import { drawSummary } from './summary.ts';
import { drawVerdict } from './verdict.ts';
import { drawVulnerabilities } from './vulnerabilities.ts';

/** A summary and the findings of each target as tables; under our own name also the verdict and what it rests on. */
export const renderTable: Render = (report, options) => {
  const layout = toLayout(options);
  const modes = options.table?.modes ?? ['summary', 'detailed'];
  const details = modes.includes('detailed')
    ? report.results.map((result) => drawDetails(result, report, { options, layout }))
    : [];
  const summary = modes.includes('summary') ? drawSummary(report, layout) : '';
  const verdict = options.dialect === 'plimsoll' ? drawVerdict(report, layout) : '';
  return summary + details.join('') + verdict;
};

function drawDetails(
  result: Result,
  { severities }: Report,
  { options, layout }: { readonly options: RenderOptions; readonly layout: Layout },
): string {
  const isTrivy = options.dialect === 'trivy';
  const findings = drawVulnerabilities(result, severities, layout);
  // Trivy draws a tree without branches below the packages of a clean system.
  const hasTree = options.table?.dependencyTree && (isTrivy || result.findings.length > 0);
  return [
    findings,
    findings !== '' && hasTree ? drawOrigins(result, { ...layout, severities, guess: !isTrivy }) : '',
    options.table?.packages ? drawPackages(result, layout) : '',
  ].join('');
}
