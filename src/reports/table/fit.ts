import { displayWidth } from '../../kit/display-width.ts';
import type { Cell, Column } from './cell.ts';

/**
 * The widest content of each column: that of the grid, or less where the terminal is narrower. The widest columns give
 * way first and no column goes below its minimum, so that a very narrow terminal gets a table that is wider than it.
 */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { available, maxWidth }: { readonly available: number | undefined; readonly maxWidth: number },
): number[] {
  if (available === undefined) return columns.map(() => maxWidth);
  const natural = columns.map((_, column) => Math.min(maxWidth, widestOf(rows, column)));
  let tooMuch = withBorders(natural) - available;
  const widths = [...natural];
  while (tooMuch > 0) {
    const widest = widestAbove(widths, columns);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    tooMuch--;
  }
  return widths;
}

/** The columns of a terminal below which the table would be wider than it. */
export function leastWidth(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number {
  return withBorders(
    columns.map(({ header, minWidth }, column) =>
      Math.min(minWidth, Math.max(displayWidth(header), widestOf(rows, column))),
    ),
  );
}

function withBorders(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 3 * widths.length + 1);
}

function widestOf(rows: readonly (readonly Cell[])[], column: number): number {
  let widest = 0;
  for (const row of rows) {
    for (const { text } of row[column]?.paragraphs ?? []) {
      for (const line of text.split('\n')) widest = Math.max(widest, displayWidth(line));
    }
  }
  return widest;
}

/** The widest column that may still give way. */
function widestAbove(widths: readonly number[], columns: readonly Column[]): number | undefined {
  let found: number | undefined;
  for (const [column, width] of widths.entries()) {
    if (width <= (columns[column]?.minWidth ?? 1)) continue;
    if (found === undefined || width > (widths[found] ?? 0)) found = column;
  }
  return found;
}
