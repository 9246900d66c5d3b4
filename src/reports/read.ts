import { reportError } from './errors.ts';
import { reportFormats } from './registry.ts';
import type { SavedReport } from './report.ts';

/** Bytes of the largest report that is read. */
export const maxSavedReportSize: number = 256 * 2 ** 20;

/** Reads a report in whichever format it was saved; one without a creation time is of `now`. @throws REPORTS_SAVED_* */
export async function readSavedReport(bytes: Uint8Array, now: Date): Promise<SavedReport> {
  for (const { loadReader } of reportFormats.all) {
    const saved = (await loadReader?.())?.(bytes, now);
    if (saved !== undefined) return saved;
  }
  throw reportError('REPORTS_SAVED_UNKNOWN');
}
