import type { WrittenText } from '../../site.ts';

/** Lines and characters from 0, as the parser counts them. */
export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Reads ranges of lines and characters out of a text. */
export class WrittenRanges {
  readonly #text: string;
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  read({ start, end }: Range): WrittenText {
    const span = { start: this.#offset(start), end: this.#offset(end) };
    const value = this.#text.slice(span.start, span.end);
    return { value, span, exact: !/\s/.test(value) };
  }

  #offset({ line, character }: Range['start']): number {
    return (this.#lineStarts[line] ?? this.#text.length) + character;
  }
}

/** What stands between quotes, when all of it does. */
export function unquoted(text: WrittenText): WrittenText {
  const { value, span, exact } = text;
  const quote = value[0];
  if (value.length < 2 || (quote !== '"' && quote !== "'") || value.at(-1) !== quote) return text;
  return { value: value.slice(1, -1), span: { start: span.start + 1, end: span.end - 1 }, exact };
}
