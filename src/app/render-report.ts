import type { Verdict } from '../core/index.ts';
import type { RenderOptions, Report, ReportFormat } from '../reports/index.ts';

/** How a report is to be written. */
export interface Rendering {
  readonly format: ReportFormat;
  readonly options: RenderOptions;
}

/** A report as text, made while it is read (UTF-8 where it is bytes), and what decides exit codes. */
export interface RenderedReport {
  readonly pieces: Iterable<string | Uint8Array>;
  readonly verdict: Verdict;
}

export async function renderReport(report: Report, { format, options }: Rendering): Promise<RenderedReport> {
  const render = await format.load();
  const text = render(report, options);
  return { pieces: typeof text === 'string' ? [text] : text, verdict: report.verdict };
}
