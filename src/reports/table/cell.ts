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
