import { toVisibleLine, toVisibleText } from '../../kit/visible-text.ts';
import type { Style } from './style.ts';

/** Text in one style; acting characters must be gone already. */
export interface Paragraph {
  readonly text: string;
  readonly style?: Style;
}

export interface Cell {
  readonly paragraphs: readonly Paragraph[];
}

export interface Column {
  readonly header: string;
  readonly align: 'left' | 'centre';
  /** Columns that the content keeps when the terminal is narrow. */
  readonly minWidth: number;
}

/** Characters of a cell; nothing honest has as many, and a table of them would help nobody. */
const maxLength = 1000;

/** Untrusted text as one line of a cell. */
export function toLine(text: string, style?: Style): Paragraph {
  return { text: toVisibleLine(shorten(text)), ...(style !== undefined && { style }) };
}

/** Untrusted text with its line breaks. */
export function toText(text: string): Paragraph {
  return { text: toVisibleText(shorten(text)) };
}

function shorten(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}
