import { expect, test } from 'vitest';
import type { Verdict } from '../core/index.ts';
import { collectReport, formatKeptReport, maxKeptSize, parseKeptReport } from './kept-report.ts';

const verdict: Verdict = { result: 'fail', gated: true, reasons: [{ kind: 'findings', count: 2 }] };
const then = { reportId: '01978a3e-0000-7000-8000-000000000001', createdAt: '2025-06-20T00:00:00.000Z' };
const now = { reportId: '01978a3e-0000-7000-8000-000000000002', createdAt: '2025-06-21T12:34:56.789Z' };

function stated(stamps: typeof then): string {
  return `é ${stamps.reportId}\n${stamps.createdAt} and once more ${stamps.createdAt}\nend`;
}

function read({ pieces }: { readonly pieces: Iterable<string | Uint8Array> }): Buffer {
  return Buffer.concat([...pieces].map((piece) => Buffer.from(piece)));
}

test('a text comes back with the stamps of now, and its verdict', () => {
  const again = parseKeptReport(formatKeptReport(Buffer.from(stated(then)), verdict, then), now);
  expect(read(again).toString('utf8')).toBe(stated(now));
  expect(again.verdict).toEqual(verdict);
});

test('bytes are kept as they are', () => {
  const text = Buffer.from([0, 10, 255, 13]);
  expect(read(parseKeptReport(formatKeptReport(text, verdict, then), now))).toEqual(text);
});

test('a report is read once, and only a short one is kept', () => {
  const short = collectReport({ pieces: ['a', Buffer.from('é'), 'b'], verdict });
  expect(short.text?.toString('utf8')).toBe('aéb');
  expect(read(short.rendered).toString('utf8')).toBe('aéb');
  const piece = Buffer.alloc(maxKeptSize / 4, 'x');
  const long = collectReport({ pieces: Array<Buffer>(6).fill(piece).values(), verdict });
  expect(long.text).toBeUndefined();
  expect(read(long.rendered)).toHaveLength(piece.length * 6);
});
