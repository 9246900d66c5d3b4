import type { CoverageNote } from '../core/index.ts';
import { decideVerdict, filterResults, type Gate } from '../decide/index.ts';
import { readWhole } from '../disk/index.ts';
import { maxSavedReportSize, type Report, readSavedReport, type SavedReport } from '../reports/index.ts';
import type { AppContext } from './context.ts';
import { type RenderedReport, type Rendering, renderReport } from './render-report.ts';
import { makeReportId } from './report-id.ts';
import { findGaps, findPackageGaps, shownScanners, type WantedOfReport } from './saved-report-gaps.ts';
import { type FilterOptions, planFilter, planGate } from './scan-options.ts';

/** A saved report in a file, or at hand. */
export type SavedReportTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** Severities and scanners that are left out are those that the report was made with. */
export interface ReadReportInput extends FilterOptions, WantedOfReport {
  readonly saved: SavedReportTarget;
  readonly gate?: Partial<Gate>;
  /** What the report should say beside what it says already. */
  readonly notes?: readonly CoverageNote[];
}

/** A saved report, filtered and judged again, with what it cannot tell among its notes. @throws REPORTS_SAVED_*, DISK_* */
export async function readReport(input: ReadReportInput, context: AppContext): Promise<Report> {
  return judgeAgain(await readSaved(input, context), { input, dialect: 'plimsoll', added: [] }, context);
}

/** As `readReport`, in another format. @throws REPORTS_SAVED_*, DISK_* */
export async function convertReport(
  input: ReadReportInput,
  rendering: Rendering,
  context: AppContext,
): Promise<RenderedReport> {
  const { options } = rendering;
  const saved = await readSaved(input, context);
  const added = findPackageGaps(saved, rendering);
  const report = await judgeAgain(saved, { input, dialect: options.dialect, added }, context);
  const listPackages = options.listPackages && saved.listsPackages;
  return renderReport(report, { ...rendering, options: { ...options, listPackages } });
}

async function readSaved({ saved }: ReadReportInput, context: AppContext): Promise<SavedReport> {
  const bytes = saved.kind === 'bytes' ? saved.bytes : await readWhole(saved.path, maxSavedReportSize);
  return readSavedReport(bytes, momentOf(context));
}

interface Judging {
  readonly input: ReadReportInput;
  readonly dialect: Rendering['options']['dialect'];
  readonly added: readonly CoverageNote[];
}

async function judgeAgain(
  saved: SavedReport,
  { input, dialect, added }: Judging,
  context: AppContext,
): Promise<Report> {
  const { report } = saved;
  const filter = await planFilter({ ...input, severities: input.severities ?? report.severities });
  const { results, notes: filtered } = filterResults(report.results, filter, momentOf(context));
  const told = [...(input.notes ?? []), ...findGaps(saved, input, dialect), ...added];
  const notes = [...report.coverage.notes, ...told, ...filtered];
  return {
    ...report,
    reportId: report.reportId || makeReportId(report.createdAt, report.artifact.id ?? report.artifact.name),
    results,
    scanners: shownScanners(saved, input, dialect),
    severities: filter.severities,
    verdict: decideVerdict(results, report.os, notes, planGate(input.gate)),
    coverage: { ...report.coverage, notes },
  };
}

function momentOf({ reportTime, clock }: AppContext): Date {
  return reportTime ?? clock.now();
}
