import type { CoverageCode } from '../core/index.ts';
import type { Report } from '../reports/index.ts';
import { openImage } from '../targets/index.ts';
import type { AppContext } from './context.ts';
import { collectReport } from './kept-report.ts';
import { openKeptReports } from './kept-reports.ts';
import { type RenderedReport, type Rendering, renderReport } from './render-report.ts';
import type { ScanImageInput } from './scan-image.ts';
import { planScan } from './scan-options.ts';

/**
 * Scans a container image and renders the report. Where image, data and options are those of an earlier scan the text
 * of that one is given again, with an id and a time of its own. @throws as `scanImage`
 */
export async function scanImageText(
  input: ScanImageInput,
  rendering: Rendering,
  context: AppContext,
): Promise<RenderedReport> {
  const plan = await planScan(input);
  const image = await openImage(input.image, context);
  try {
    const kept = openKeptReports({ image, plan, rendering }, context);
    const key = await kept?.key();
    const known = key === undefined ? undefined : await kept?.get(key);
    if (known !== undefined) return known;
    // Most of the program, which a report that is kept does without.
    const { scanOpenedImage } = await import('./scan-image.ts');
    const report = await scanOpenedImage(image, plan, context);
    const made = await renderReport(report, rendering);
    if (key === undefined || !isRepeatable(report)) return made;
    const { rendered, text } = collectReport(made);
    // Data that was replaced meanwhile belongs to another key than the one that was asked for.
    if (text !== undefined && key === (await kept?.key())) await kept?.put(key, report, text);
    return rendered;
  } finally {
    await image.close();
  }
}

/** What could not be read now may be readable the next time; all else is decided by the image and the data. */
const passing: ReadonlySet<CoverageCode> = new Set([
  'layer-unreadable',
  'data-missing',
  'data-stale',
  'data-unreadable',
]);

function isRepeatable({ coverage }: Report): boolean {
  return coverage.notes.every(({ code }) => !passing.has(code));
}
