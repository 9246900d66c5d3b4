import { basename } from 'node:path/posix';
import type { Finding, Result, Severity } from '../../core/index.ts';
import { outermostFile } from './archive-path.ts';
import { type Cell, type Column, type Paragraph, toLine, toText } from './cell.ts';
import { leastWidth } from './fit.ts';
import { drawGrid } from './grid.ts';
import { drawHeading } from './heading.ts';
import type { Layout } from './layout.ts';
import { countBySeverity } from './totals.ts';

const maxWidth = 60;
const titleWords = 12;

/** How findings are laid out as columns and cells. */
interface Arrangement {
  readonly columns: readonly Column[];
  readonly toRow: (finding: Finding) => Cell[];
}

const wide: Arrangement = {
  columns: [
    { header: 'Library', align: 'left', minWidth: 14 },
    { header: 'Vulnerability', align: 'left', minWidth: 14 },
    { header: 'Severity', align: 'left', minWidth: 8 },
    { header: 'Status', align: 'left', minWidth: 11 },
    { header: 'Installed Version', align: 'left', minWidth: 12 },
    { header: 'Fixed Version', align: 'left', minWidth: 12 },
    { header: 'Title', align: 'left', minWidth: 28 },
  ],
  toRow: (finding) => [
    { paragraphs: [toLine(toLibrary(finding))] },
    { paragraphs: [toLine(finding.id)] },
    { paragraphs: [toLine(finding.severity, finding.severity)] },
    { paragraphs: [toLine(finding.status)] },
    { paragraphs: [toLine(finding.installedVersion)] },
    { paragraphs: [toLine(finding.fixedVersion ?? '')] },
    { paragraphs: toTitle(finding) },
  ],
};

/** For terminals that the seven columns do not fit in. */
const narrow: Arrangement = {
  columns: [
    { header: 'Library', align: 'left', minWidth: 14 },
    { header: 'Vulnerability', align: 'left', minWidth: 14 },
    { header: 'Title', align: 'left', minWidth: 20 },
  ],
  toRow: (finding) => [
    { paragraphs: [toLine(toLibrary(finding)), toLine(finding.installedVersion)] },
    {
      paragraphs: [
        toLine(finding.id),
        toLine(finding.severity, finding.severity),
        toLine(finding.fixedVersion ? `fixed in ${finding.fixedVersion}` : finding.status),
      ],
    },
    { paragraphs: toTitle(finding) },
  ],
};

/** Title, totals and findings of one result. */
export function drawVulnerabilities(result: Result, selected: readonly Severity[], layout: Layout): string {
  const heading = drawHeading(result, layout);
  const total = `Total: ${result.findings.length} (${countBySeverity(result.findings, selected)})\n\n`;
  if (result.findings.length === 0) return heading + total;
  return heading + total + drawFindings(result.findings, layout);
}

function drawFindings(findings: readonly Finding[], { columns: available, paint }: Layout): string {
  const rows = findings.map(wide.toRow);
  const common = { maxWidth, available, merge: true, paint };
  if (available === undefined || leastWidth(wide.columns, rows) <= available) {
    return drawGrid({ columns: wide.columns, rows, ...common });
  }
  return drawGrid({ columns: narrow.columns, rows: findings.map(narrow.toRow), ...common });
}

function toLibrary({ package: { name, filePath } }: Finding): string {
  return filePath ? `${name} (${basename(outermostFile(filePath))})` : name;
}

function toTitle({ title, description, primaryUrl }: Finding): Paragraph[] {
  const words = (title || description || '').split(' ');
  const text = words.length < titleWords ? words.join(' ') : `${words.slice(0, titleWords).join(' ')}...`;
  const paragraphs: Paragraph[] = [];
  if (text.trim() !== '') paragraphs.push(toText(text.trim()));
  if (primaryUrl) paragraphs.push(toLine(primaryUrl, 'link'));
  return paragraphs.length === 0 ? [toLine('')] : paragraphs;
}
