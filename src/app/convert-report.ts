import type { CoverageNote } from '../core/index.ts';
import { decideVerdict, filterResults, type Gate } from '../decide/index.ts';
import { readWhole } from '../disk/index.ts';
import { maxSavedReportSize, type Report, readSavedReport, type SavedReport } from '../reports/index.ts';
import type { AppContext } from './context.ts';
import { type RenderedReport, type Rendering, renderReport } from './render-report.ts';
import { makeReportId } from './report-id.ts';
import { findGaps, shownScanners, type WantedOfReport } from './saved-report-gaps.ts';
import { type FilterOptions, planFilter, planGate } from './scan-options.ts';

/** A saved report in a file, or at hand. */
export type SavedReportTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface ConvertReportInput extends FilterOptions, WantedOfReport {
  readonly saved: SavedReportTarget;
  readonly gate?: Partial<Gate>;
  /** What the report should say beside what it says already. */
  readonly notes?: readonly CoverageNote[];
}

/**
 * A saved report in another format: filtered and judged again, with what it cannot tell among its notes. Severities and
 * scanners are those it was made with unless others are asked for. @throws REPORTS_SAVED_*, DISK_*
 */
export async function convertReport(
  input: ConvertReportInput,
  rendering: Rendering,
  context: AppContext,
): Promise<RenderedReport> {
  const now = context.reportTime ?? context.clock.now();
  const saved = await readSavedReport(await bytesOf(input.saved), now);
  const report = await judgeAgain(saved, [...(input.notes ?? []), ...findGaps(saved, input, rendering)], input, now);
  const { options } = rendering;
  const shown = { ...report, scanners: shownScanners(saved, input, options.dialect) };
  return renderReport(shown, {
    ...rendering,
    options: { ...options, listPackages: options.listPackages && saved.listsPackages },
  });
}

function bytesOf(saved: SavedReportTarget): Promise<Uint8Array> | Uint8Array {
  return saved.kind === 'bytes' ? saved.bytes : readWhole(saved.path, maxSavedReportSize);
}

async function judgeAgain(
  { report }: SavedReport,
  added: readonly CoverageNote[],
  input: ConvertReportInput,
  now: Date,
): Promise<Report> {
  const filter = await planFilter({ ...input, severities: input.severities ?? report.severities });
  const { results, notes: filtered } = filterResults(report.results, filter, now);
  const notes = [...report.coverage.notes, ...added, ...filtered];
  return {
    ...report,
    reportId: report.reportId || makeReportId(report.createdAt, report.artifact.id ?? report.artifact.name),
    results,
    severities: filter.severities,
    verdict: decideVerdict(results, report.os, notes, planGate(input.gate)),
    coverage: { ...report.coverage, notes },
  };
}
