import { rankFindings } from '../ranking.ts';
import type { Render } from '../report.ts';
import { drawFindings } from './findings-table.ts';
import { drawCounts, drawCoverage, drawHead, drawOpenNotes } from './sections.ts';

/** A comment of GitHub has at most 65,536 characters, the summary of a job 1 MiB; some are left for what others add. */
const maxLength = 65_000;

/** The verdict first, then what could not be judged, then findings by rank as far as there is room. */
export const renderMarkdown: Render = (report) => {
  const ranked = rankFindings(report.results);
  const head = `${drawHead(report)}${drawOpenNotes(report)}${drawCounts(ranked)}`;
  const foot = drawCoverage(report);
  return `${head}${drawFindings(ranked, maxLength - head.length - foot.length)}${foot}`;
};
