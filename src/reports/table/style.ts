import type { Severity } from '../../core/index.ts';

/** What a piece of the table is, as far as it has a look of its own. */
export type Style = 'header' | 'title' | 'line' | 'link' | 'found' | Severity | 'pass' | 'fail' | 'incomplete';

/** Select Graphic Rendition parameters (ECMA-48 8.3.117). */
const renditions: Readonly<Record<Style, string>> = {
  header: '1',
  title: '1;4',
  line: '2',
  link: '34',
  found: '91',
  UNKNOWN: '36',
  LOW: '34',
  MEDIUM: '33',
  HIGH: '91',
  CRITICAL: '31',
  pass: '1;32',
  fail: '1;31',
  incomplete: '1;33',
};

/** Text in the look of its style. */
export type Paint = (text: string, style: Style | undefined) => string;

export function makePaint(colour: boolean): Paint {
  return (text, style) =>
    colour && style !== undefined && text !== '' ? `\x1b[${renditions[style]}m${text}\x1b[0m` : text;
}
