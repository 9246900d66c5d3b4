import { invalid } from './header.ts';

/** Keyword → value; a keyword may come several times in GNU sparse 0.0, so the list keeps order. */
export type PaxRecords = readonly (readonly [key: string, value: string])[];

/** Reads `LENGTH KEY=VALUE\n` records (POSIX.1-2017 pax "Extended Header"). @throws CODEC_TAR_INVALID */
export function parsePax(data: Buffer, offset: number): PaxRecords {
  const records: [string, string][] = [];
  let position = 0;
  while (position < data.length) {
    const space = data.indexOf(0x20, position);
    const length = space < 0 ? Number.NaN : Number(data.toString('latin1', position, space));
    const end = position + length;
    const equals = data.indexOf(0x3d, space);
    if (!Number.isInteger(length) || length <= 0 || end > data.length || equals < 0 || equals >= end) {
      throw invalid(offset, 'an extended header record is malformed');
    }
    records.push([data.toString('utf8', space + 1, equals), data.toString('utf8', equals + 1, end - 1)]);
    position = end;
  }
  return records;
}

export function lastValue(records: PaxRecords, key: string): string | undefined {
  return records.findLast(([name]) => name === key)?.[1];
}
