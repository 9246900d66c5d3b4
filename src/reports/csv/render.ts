import type { CoverageNote, Finding, Result, VerdictReason } from '../../core/index.ts';
import type { RenderPieces } from '../report.ts';
import { describeEndOfLife, openNotes } from '../verdict-words.ts';
import { toRecord } from './record.ts';

const columns = [
  'Kind',
  'Target',
  'Type',
  'Package',
  'Installed version',
  'Fixed version',
  'Status',
  'ID',
  'Severity',
  'Title',
  'Path',
  'Package URL',
  'Layer',
  'Link',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | undefined>>;

/** A head, a line for each thing that could not be judged or is past its end of life, and one for each finding. */
export const renderCsv: RenderPieces = function* (report) {
  yield toRecord(columns);
  const target = report.artifact.name;
  for (const note of openNotes(report)) yield toLine({ Target: target, ...toNoteRow(note) });
  for (const reason of report.verdict.reasons) {
    if (reason.kind === 'end-of-life') yield toLine({ Target: target, ...toEndOfLifeRow(reason) });
  }
  for (const result of report.results) {
    for (const finding of result.findings) yield toLine(toFindingRow(finding, result));
  }
};

function toLine(row: Row): string {
  return toRecord(columns.map((column) => row[column] ?? ''));
}

function toNoteRow({ code, message, path, layer }: CoverageNote): Row {
  return { Kind: 'not judged', ID: code, Title: message, Path: path, Layer: layer?.diffId };
}

function toEndOfLifeRow(reason: Extract<VerdictReason, { kind: 'end-of-life' }>): Row {
  return { Kind: 'end of life', Title: describeEndOfLife(reason) };
}

function toFindingRow(finding: Finding, { target, type }: Result): Row {
  const { package: pkg } = finding;
  return {
    Kind: finding.kind,
    Target: target,
    Type: type,
    Package: pkg.name,
    'Installed version': finding.installedVersion,
    'Fixed version': finding.fixedVersion,
    Status: finding.status,
    ID: finding.id,
    Severity: finding.severity,
    Title: finding.title,
    Path: pkg.filePath,
    'Package URL': pkg.purl,
    Layer: finding.layer?.diffId,
    Link: finding.primaryUrl,
  };
}
