import type { CoverageNote } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { describeData } from '../data-age.ts';
import type { Report } from '../report.ts';
import { describeNote, describeRead, describeVerdict } from '../verdict-words.ts';
import type { Layout } from './layout.ts';
import { wrapText } from './wrap.ts';

/** Messages of one kind that are shown, and characters of each; the JSON report has all. */
const maxMessages = 3;
const maxMessageLength = 240;
const labelWidth = 12;

/** The verdict with its reasons, then what was read, what could not be judged, and the data it rests on. */
export function drawVerdict(report: Report, layout: Layout): string {
  const { result } = report.verdict;
  const { word, reasons } = describeVerdict(report.verdict);
  const entries = [
    drawEntry('Read', [describeRead(report.coverage)], layout),
    drawEntry('Not judged', describeNotes(report.coverage.notes, 'incomplete'), layout),
    drawEntry('Noted', describeNotes(report.coverage.notes, 'note'), layout),
    drawEntry('Data', describeData(report.data, report.createdAt), layout),
  ];
  return `\n${layout.paint(word, result)}: ${toVisibleLine(reasons)}\n\n${entries.join('')}`;
}

/** A label with lines behind it; nothing when there are none. */
function drawEntry(label: string, texts: readonly string[], { columns }: Layout): string {
  const width = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(20, columns - labelWidth);
  const lines = texts.flatMap((text) => wrapText(toVisibleLine(text), { width, hyphenate: false }));
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}\n`).join('');
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
      ...group.slice(0, maxMessages).map(shorten),
      ...(more > 0 ? [`and ${more} more of the kind ${group[0]?.code}`] : []),
    ];
  });
}

function shorten(note: CoverageNote): string {
  const text = describeNote(note);
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}...` : text;
}
