import type { Result } from '../../core/index.ts';
import type { Render, RenderOptions, Report } from '../report.ts';
import { type Layout, toLayout } from './layout.ts';
import { drawOrigins } from './origins.ts';
import { drawPackages } from './packages.ts';
import { drawSummary } from './summary.ts';
import { drawSuppressed } from './suppressed.ts';
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
  const { dialect, showSuppressed, table } = options;
  const isTrivy = dialect === 'trivy';
  const suppressed = showSuppressed ? drawSuppressed(result, layout) : '';
  // OS packages are shown even without findings.
  const isShown = result.findings.length > 0 || result.class === 'os-pkgs' || suppressed !== '';
  // Trivy draws a tree without branches below the packages of a clean system.
  const hasTree = isShown && table?.dependencyTree && (isTrivy || result.findings.length > 0);
  return [
    isShown ? drawVulnerabilities(result, severities, layout) : '',
    hasTree ? drawOrigins(result, { ...layout, severities, guess: !isTrivy }) : '',
    suppressed,
    table?.packages ? drawPackages(result, layout, isShown) : '',
  ].join('');
}
