import { invalid } from './header.ts';

const newline = 0x0a;

/** Keyword → value; a keyword may come several times in GNU sparse 0.0, so the list keeps order. */
export type PaxRecords = readonly (readonly [key: string, value: string])[];

/** Reads `LENGTH KEY=VALUE\n` records (POSIX.1-2017 pax "Extended Header"). @throws CODEC_TAR_INVALID */
export function parsePax(data: Buffer, offset: number): PaxRecords {
  const records: [string, string][] = [];
  let position = 0;
  while (position < data.length) {
    const space = data.indexOf(0x20, position);
    const length =
      space < 0 ? undefined : parseDecimal(data.toString('latin1', position, Math.min(space, position + 20)));
    const end = position + (length ?? 0);
    const equals = data.indexOf(0x3d, space);
    if (length === undefined || end > data.length || data[end - 1] !== newline || equals < 0 || equals >= end) {
      throw invalid(offset, 'an extended header record is malformed');
    }
    records.push([data.toString('utf8', space + 1, equals), data.toString('utf8', equals + 1, end - 1)]);
    position = end;
  }
  return records;
}

/** The value that counts; an empty one takes back what was said before. */
export function lastValue(records: PaxRecords, key: string): string | undefined {
  return records.findLast(([name]) => name === key)?.[1] || undefined;
}

/** A number as pax writes it: decimal digits only. Undefined for anything else, and beyond 2^53. */
export function parseDecimal(text: string): number | undefined {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
