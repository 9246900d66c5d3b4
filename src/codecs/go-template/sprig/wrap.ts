/** Breaks text between words, so that a line has more than `width` characters only where a single word has. */
export function wrapWords(text: string, width: number): string {
  return gather(text.split(' '), Math.max(1, width)).join('\n');
}

/** As `wrapWords`, with a separator of one's own; words that are too long are broken too. */
export function breakWords(text: string, width: number, separator: string): string {
  const columns = Math.max(1, width);
  return gather(text.split(' '), columns)
    .flatMap((line) => pieces(line, columns))
    .join(separator);
}

function gather(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of words) {
    if (line !== undefined && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = undefined;
    }
    line = line === undefined ? word : `${line} ${word}`;
  }
  return [...lines, line ?? ''];
}

function pieces(line: string, columns: number): string[] {
  const count = Math.max(1, Math.ceil(line.length / columns));
  return Array.from({ length: count }, (_, index) => line.slice(index * columns, (index + 1) * columns));
}
