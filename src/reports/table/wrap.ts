import { cutToWidth, displayWidth } from '../../kit/display-width.ts';

export interface WrapOptions {
  /** Columns of the widest line. */
  readonly width: number;
  /** Whether a broken word ends in a hyphen; an address or path broken without one can still be copied. */
  readonly hyphenate: boolean;
}

/** Breaks text into lines between words, and inside a word only when it is longer than a line. Spaces are not kept. */
export function wrapText(text: string, options: WrapOptions): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, options));
}

function wrapParagraph(paragraph: string, options: WrapOptions): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of paragraph.split(' ').filter((part) => part !== '')) {
    const wordWidth = displayWidth(word);
    if (line !== '' && width + 1 + wordWidth <= options.width) {
      line += ` ${word}`;
      width += 1 + wordWidth;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = wordWidth <= options.width ? [word] : breakWord(word, options);
    line = pieces.pop() ?? '';
    for (const piece of pieces) lines.push(piece);
    width = displayWidth(line);
  }
  return [...lines, line];
}

/** A hyphen takes a column of every line but the last. */
function breakWord(word: string, { width, hyphenate }: WrapOptions): string[] {
  if (!hyphenate) return cutToWidth(word, width);
  const pieces = cutToWidth(word, Math.max(1, width - 1), width);
  return pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece}-` : piece));
}
