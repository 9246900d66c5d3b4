import type { Verdict } from '../core/index.ts';
import type { RenderedReport } from './render-report.ts';

/** Bytes of the largest report that is kept. */
export const maxKeptSize: number = 64 * 2 ** 20;

/** What a report states of itself; the next time it states others of the same length. */
export interface Stamps {
  /** UUID. */
  readonly reportId: string;
  /** RFC 3339 with milliseconds, in UTC. */
  readonly createdAt: string;
}

interface Head {
  readonly verdict: Verdict;
  /** Byte offsets in the text at which each stamp stands. */
  readonly marks: Readonly<Record<keyof Stamps, readonly number[]>>;
}

const newline = 0x0a;

/** A report whose text can be read twice, and the text when it is short enough to be kept. */
export function collectReport({ pieces, verdict }: RenderedReport): { rendered: RenderedReport; text?: Buffer } {
  const rest = Iterator.from(pieces);
  const read: Buffer[] = [];
  let size = 0;
  for (let next = rest.next(); !next.done; next = rest.next()) {
    const bytes = Buffer.from(next.value);
    read.push(bytes);
    size += bytes.length;
    if (size > maxKeptSize) return { rendered: { pieces: joined(read, rest), verdict } };
  }
  const text = Buffer.concat(read);
  return { rendered: { pieces: [text], verdict }, text };
}

function* joined(
  first: readonly Uint8Array[],
  rest: IteratorObject<string | Uint8Array>,
): Generator<string | Uint8Array> {
  yield* first;
  yield* rest;
}

/** An entry: one line of JSON, then the text with marks where the stamps stand. */
export function formatKeptReport(bytes: Buffer, verdict: Verdict, stamps: Stamps): Buffer {
  const marks = { reportId: offsetsOf(bytes, stamps.reportId), createdAt: offsetsOf(bytes, stamps.createdAt) };
  const head: Head = { verdict, marks };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`, 'utf8'), bytes]);
}

/** The text of an entry with other stamps; `entry` is changed. */
export function parseKeptReport(entry: Buffer, stamps: Stamps): RenderedReport {
  const end = entry.indexOf(newline);
  // The cache has checked that these are the bytes that were stored under this schema.
  const { verdict, marks } = JSON.parse(entry.toString('utf8', 0, end)) as Head;
  const text = entry.subarray(end + 1);
  for (const name of ['reportId', 'createdAt'] as const) {
    for (const offset of marks[name]) text.write(stamps[name], offset, 'latin1');
  }
  return { pieces: [text], verdict };
}

function offsetsOf(bytes: Buffer, stamp: string): number[] {
  const offsets: number[] = [];
  for (let at = bytes.indexOf(stamp); at >= 0; at = bytes.indexOf(stamp, at + stamp.length)) offsets.push(at);
  return offsets;
}
