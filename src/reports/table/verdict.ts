import type { Coverage, CoverageNote, VerdictReason } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { describeData } from '../data-age.ts';
import type { Report } from '../report.ts';
import type { Layout } from './layout.ts';
import { wrapText } from './wrap.ts';

const words = { pass: 'PASS', fail: 'FAIL', incomplete: 'INCOMPLETE' } as const;
/** Messages of one kind that are shown, and characters of each; the JSON report has all. */
const maxMessages = 3;
const maxMessageLength = 240;
const labelWidth = 12;

/** The verdict with its reasons, then what was read, what could not be judged, and the data it rests on. */
export function drawVerdict(report: Report, layout: Layout): string {
  const { result } = report.verdict;
  const entries = [
    drawEntry('Read', [describeRead(report.coverage)], layout),
    drawEntry('Not judged', describeNotes(report.coverage.notes, 'incomplete'), layout),
    drawEntry('Noted', describeNotes(report.coverage.notes, 'note'), layout),
    drawEntry('Data', describeData(report.data, report.createdAt), layout),
  ];
  const reasons = describeReasons(report.verdict.reasons).join('; ') || 'no findings';
  return `\n${layout.paint(words[result], result)}: ${toVisibleLine(reasons)}\n\n${entries.join('')}`;
}

/** A label with lines behind it; nothing when there are none. */
function drawEntry(label: string, texts: readonly string[], { columns }: Layout): string {
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(20, columns - labelWidth);
  const lines = texts.flatMap((text) => wrapText(toVisibleLine(text), { width, hyphenate: false }));
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}\n`).join('');
}

function describeReasons(reasons: readonly VerdictReason[]): string[] {
  const incomplete = reasons.filter(({ kind }) => kind === 'incomplete').length;
  return [
    ...reasons.flatMap((reason) => describeReason(reason)),
    ...(incomplete > 0 ? [count(incomplete, 'thing could not be judged', 'things could not be judged')] : []),
  ];
}

function describeReason(reason: VerdictReason): string[] {
  switch (reason.kind) {
    case 'findings':
      return [count(reason.count, 'finding', 'findings')];
    case 'end-of-life':
      return [`${reason.family} ${reason.release} is past its end of life`];
    case 'incomplete':
      return [];
    default:
      return reason satisfies never;
  }
}

function describeRead({ catalogers }: Coverage): string {
  const found = catalogers.filter(({ files }) => files > 0);
  const files = found.reduce((sum, cataloger) => sum + cataloger.files, 0);
  const packages = found.reduce((sum, cataloger) => sum + cataloger.packages, 0);
  const parts = found.filter((one) => one.packages > 0).map((one) => `${one.cataloger} ${one.packages}`);
  const list = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `${count(packages, 'package', 'packages')} in ${count(files, 'file', 'files')}${list}`;
}

/** Notes grouped by kind, the first few of each in words. */
function describeNotes(notes: readonly CoverageNote[], effect: CoverageNote['effect']): string[] {
  const groups = Map.groupBy(
    notes.filter((note) => note.effect === effect),
    ({ code }) => code,
  );
  return [...groups.values()].flatMap((group) => {
    const more = group.length - maxMessages;
    return [
      ...group.slice(0, maxMessages).map(describeNote),
      ...(more > 0 ? [`and ${more} more of the kind ${group[0]?.code}`] : []),
    ];
  });
}

function describeNote({ path, message }: CoverageNote): string {
  const text = path === undefined || message.includes(path) ? message : `${path}: ${message}`;
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}...` : text;
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
