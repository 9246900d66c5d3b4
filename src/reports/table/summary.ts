import type { Finding, Result } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { outermostFile } from './archive-path.ts';
import { type Cell, toLine } from './cell.ts';
import { drawGrid, type Grid } from './grid.ts';
import type { Layout } from './layout.ts';

/** A scanner's column: its heading, and the classes of results that it judges. */
interface ScannerColumn {
  readonly header: string;
  readonly classes: readonly string[];
}

const scannerColumns: Readonly<Record<string, ScannerColumn>> = {
  vuln: { header: 'Vulnerabilities', classes: ['os-pkgs', 'lang-pkgs'] },
  misconfig: { header: 'Misconfigurations', classes: ['config'] },
  secret: { header: 'Secrets', classes: ['secret'] },
  license: { header: 'Licenses', classes: ['license', 'license-file'] },
};

const maxWidth = 80;
const legend = "Legend:\n- '-': Not scanned\n- '0': Clean (no security findings detected)\n\n";

/** One row for every target, with the number of findings of every scanner that ran; nothing when none did. */
export function drawSummary(report: Report, layout: Layout): string {
  const scanners = report.scanners.map((name) => scannerColumns[name]).filter((column) => column !== undefined);
  if (scanners.length === 0) return '';
  const targets = report.results.filter(hasContent).flatMap(splitAggregate);
  const nothing = [Array.from({ length: scanners.length + 2 }, () => toCell('-'))];
  const grid: Grid = {
    columns: [
      { header: 'Target', align: targets.length === 0 ? 'centre' : 'left', minWidth: 20 },
      { header: 'Type', align: 'centre', minWidth: 10 },
      ...scanners.map(({ header }) => ({ header, align: 'centre' as const, minWidth: header.length })),
    ],
    rows: targets.length === 0 ? nothing : targets.map((target) => toRow(target, scanners)),
    maxWidth,
    available: layout.columns,
    merge: false,
    paint: layout.paint,
  };
  return `\n${layout.paint('Report Summary', 'title')}\n\n${drawGrid(grid)}${legend}`;
}

function hasContent({ packages, findings }: Result): boolean {
  return packages.length > 0 || findings.length > 0;
}

interface Target extends Pick<Result, 'target' | 'class' | 'type'> {
  readonly findings: readonly Finding[];
}

function toRow(target: Target, scanners: readonly ScannerColumn[]): Cell[] {
  const counts = scanners.map(({ classes }) =>
    toCount(classes.includes(target.class) ? target.findings.length : undefined),
  );
  return [toCell(target.target), toCell(target.type), ...counts];
}

function toCount(count: number | undefined): Cell {
  const text = count === undefined ? '-' : String(count);
  return { paragraphs: [toLine(text, count !== undefined && count > 0 ? 'found' : undefined)] };
}

function toCell(text: string): Cell {
  return { paragraphs: [toLine(text)] };
}

/** Packages that were gathered from many files are shown by file. */
function splitAggregate(result: Result): Target[] {
  const files = new Map<string, Finding[]>();
  for (const { filePath } of result.packages) files.set(outermostFile(filePath ?? ''), []);
  if (files.size === 0 || (files.size === 1 && files.has(''))) return [result];
  for (const finding of result.findings) files.get(outermostFile(finding.package.filePath ?? ''))?.push(finding);
  return [...files]
    .map(([path, findings]) => ({ ...result, target: path === '' ? result.target : path, findings }))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}
