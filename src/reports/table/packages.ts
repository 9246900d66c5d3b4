import { fullVersion, type Package, type Result } from '../../core/index.ts';
import { outermostFile } from './archive-path.ts';
import { type Cell, type Column, toLine } from './cell.ts';
import { drawGrid } from './grid.ts';
import { drawHeading } from './heading.ts';
import type { Layout } from './layout.ts';

const maxWidth = 60;

const columns: readonly Column[] = [
  { header: 'Package', align: 'left', minWidth: 14 },
  { header: 'Version', align: 'left', minWidth: 12 },
  { header: 'Licenses', align: 'left', minWidth: 12 },
];

const fileColumn: Column = { header: 'File', align: 'left', minWidth: 16 };

/** Every package of one result, with where it was found when that is a file of its own; nothing without packages. */
export function drawPackages(result: Result, layout: Layout, hasHeading: boolean): string {
  const { packages } = result;
  if (packages.length === 0) return '';
  const hasFiles = packages.some(({ filePath }) => filePath !== undefined);
  const grid = drawGrid({
    columns: hasFiles ? [...columns, fileColumn] : columns,
    rows: packages.map((pkg) => toRow(pkg, hasFiles)),
    maxWidth,
    available: layout.columns,
    merge: false,
    paint: layout.paint,
  });
  return `${hasHeading ? '\n' : drawHeading(result, layout)}Packages: ${packages.length}\n\n${grid}`;
}

function toRow(pkg: Package, hasFiles: boolean): Cell[] {
  const { name, licenses = [], filePath = '' } = pkg;
  const texts = [name, fullVersion(pkg), licenses.join(', '), ...(hasFiles ? [outermostFile(filePath)] : [])];
  return texts.map((text) => ({ paragraphs: [toLine(text)] }));
}
