import { displayWidth, splitAtWidth } from '../../kit/display-width.ts';

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
    lines.push(...pieces);
    width = displayWidth(line);
  }
  return [...lines, line];
}

function breakWord(word: string, { width, hyphenate }: WrapOptions): string[] {
  const pieces: string[] = [];
  const room = hyphenate ? Math.max(1, width - 1) : width;
  let rest = word;
  while (displayWidth(rest) > width) {
    const [piece, behind] = splitAtWidth(rest, room);
    if (behind === '') break;
    pieces.push(hyphenate ? `${piece}-` : piece);
    rest = behind;
  }
  return [...pieces, rest];
}
