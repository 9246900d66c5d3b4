import { toVisibleLine } from '../../kit/visible-text.ts';

/** What spreadsheets take for a formula, in its narrow and its wide form, spaces before it or not. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const needsQuotes = /[",]|^\s|\s$/;

/**
 * One record with its line end (RFC 4180 section 2). Text that a spreadsheet would run as a formula gets an apostrophe
 * before it, which spreadsheets do not show.
 */
export function toRecord(fields: readonly string[]): string {
  return `${fields.map(toField).join(',')}\r\n`;
}

function toField(value: string): string {
  const line = toVisibleLine(value);
  const text = formula.test(line) ? `'${line}` : line;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
