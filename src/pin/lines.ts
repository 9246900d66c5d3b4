/** The comment that leaves a reference as it is, in its line or alone in the line above. */
const comment = /(?:#|\/\/|\/\*)[ \t]*plimsoll pin:[ \t]*ignore(?![\w-])/;
/** The one that leaves a whole file as it is. */
const fileComment = /^[ \t]*(?:#|\/\/|\/\*)[ \t]*plimsoll pin:[ \t]*ignore-file(?![\w-])/m;

const maxLine = 2000;

/** The lines of a text, for asking which of them are to be left alone and where an offset stands. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];
  readonly #isLeft: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#isLeft = fileComment.test(text);
    this.#starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Line and column of an offset, from 1. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const line = this.#indexOf(offset);
    return { line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 };
  }

  isIgnored(offset: number): boolean {
    if (this.#isLeft) return true;
    const line = this.#indexOf(offset);
    if (comment.test(this.#read(line, offset))) return true;
    const above = line === 0 ? '' : this.#read(line - 1).trim();
    return /^(?:#|\/\/|\/\*)/.test(above) && comment.test(above);
  }

  /** A line from an offset in it, as far as people look. */
  #read(line: number, from: number = this.#starts[line] ?? 0): string {
    return this.#text.slice(from, Math.min(this.#starts[line + 1] ?? this.#text.length, from + maxLine));
  }

  /** By halving: the last line that begins at or before the offset. */
  #indexOf(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
