import { programOf } from '../program.ts';
import type { RenderOptions, Report } from '../report.ts';
import { countsOpenNotes, describeNote, describeVerdict, openNotes } from '../verdict-words.ts';

const maxMessages = 200;

interface Message {
  readonly level: 'info' | 'warn' | 'fatal';
  readonly value: string;
}

/** Who scanned and how it went: a scan that could not judge something failed, unless somebody allowed that. */
export function toScan(report: Report, options: RenderOptions): Record<string, unknown> {
  const { id, name, vendor, url, version } = programOf(options);
  const page = url.startsWith('https:') ? { url } : {};
  const program = { id, name, ...page, vendor: { name: vendor }, version: version || '0' };
  const time = report.createdAt.toISOString().slice(0, 19);
  return {
    analyzer: program,
    end_time: time,
    messages: messagesOf(report),
    scanner: program,
    start_time: time,
    status: countsOpenNotes(report.verdict) ? 'failure' : 'success',
    type: 'container_scanning',
  };
}

function messagesOf(report: Report): Message[] {
  const { word, reasons } = describeVerdict(report.verdict);
  const open = openNotes(report);
  const more = open.length - maxMessages;
  return [
    { level: open.length > 0 ? 'warn' : 'info', value: `${word}: ${reasons}` },
    ...open.slice(0, maxMessages).map((note): Message => ({ level: 'warn', value: describeNote(note) || note.code })),
    ...(more > 0 ? [{ level: 'warn', value: `${more} more could not be judged` } as const] : []),
  ];
}
