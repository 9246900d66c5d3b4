import type { Result, SuppressedFinding } from '../../core/index.ts';
import { type Cell, type Column, toLine } from './cell.ts';
import { drawGrid } from './grid.ts';
import { drawTitle } from './heading.ts';
import type { Layout } from './layout.ts';

const maxWidth = 60;

const columns: readonly Column[] = [
  { header: 'Library', align: 'left', minWidth: 14 },
  { header: 'Vulnerability', align: 'left', minWidth: 14 },
  { header: 'Severity', align: 'left', minWidth: 8 },
  { header: 'Status', align: 'left', minWidth: 7 },
  { header: 'Statement', align: 'left', minWidth: 12 },
  { header: 'Source', align: 'left', minWidth: 12 },
];

/** The findings of one result that do not count, and by whose word; nothing where there are none. */
export function drawSuppressed({ suppressed = [] }: Result, layout: Layout): string {
  if (suppressed.length === 0) return '';
  const grid = drawGrid({
    columns,
    rows: suppressed.map(toRow),
    maxWidth,
    available: layout.columns,
    merge: true,
    paint: layout.paint,
  });
  return drawTitle(`Suppressed Vulnerabilities (Total: ${suppressed.length})`, layout) + grid;
}

function toRow({ finding, status, statement = 'N/A', source }: SuppressedFinding): Cell[] {
  const texts = [finding.package.name, finding.id, finding.severity, status, statement, source];
  return texts.map((text) => ({ paragraphs: [toLine(text)] }));
}
