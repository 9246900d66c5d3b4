import { normalizeLicense } from '../normalize.ts';
import { licenseMarks } from './data.ts';

/** Enough for several long licences in one file. */
const maxText = 1 << 20;

/**
 * The licences whose text this is or contains, sorted. Only widely used licences are known, by sentences that no
 * other has; a text that was changed in these is not recognised.
 */
export function recognizeLicenses(text: string): string[] {
  const words = plainWords(text.slice(0, maxText));
  return licenseMarks
    .filter(
      ({ has, lacks = [] }) => has.every((mark) => words.includes(mark)) && !lacks.some((mark) => words.includes(mark)),
    )
    .map(({ id }) => normalizeLicense(id))
    .sort();
}

/** Lower case words one space apart: line ends, quotes, comment signs and punctuation differ from copy to copy. */
function plainWords(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, ' ');
}
