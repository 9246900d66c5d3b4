import { displayWidth } from '../../kit/display-width.ts';
import type { Cell, Column, Paragraph } from './cell.ts';
import { fitColumns } from './fit.ts';
import type { Paint } from './style.ts';
import { wrapText } from './wrap.ts';

export interface Grid {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns of the widest cell, whatever the terminal. */
  readonly maxWidth: number;
  /** Columns of the terminal; unlimited when undefined. */
  readonly available: number | undefined;
  /** Leaves out a cell that says the same as the one above. */
  readonly merge: boolean;
  readonly paint: Paint;
}

interface Row {
  readonly cells: readonly (readonly Paragraph[])[];
  readonly merged: readonly boolean[];
}

/** Draws a table with lines between its rows; ends in a newline. */
export function drawGrid(grid: Grid): string {
  const header = grid.columns.map(({ header: text }): Cell => ({ paragraphs: [{ text, style: 'header' }] }));
  const all = [header, ...grid.rows];
  const widest = fitColumns(grid.columns, all, grid);
  const rows = all.map((cells, index): Row => {
    const above = index < 2 || !grid.merge ? undefined : all[index - 1];
    return {
      cells: cells.map((cell, column) => wrapCell(cell, widest[column] ?? grid.maxWidth, grid.maxWidth)),
      merged: cells.map((cell, column) => isSame(cell, above?.[column])),
    };
  });
  const widths = grid.columns.map((_, column) => widestLine(rows.map((row) => row.cells[column] ?? [])));
  const lines = rows.flatMap((row, index) => [
    index === 0 ? drawRule(widths, ['┌', '┬', '┐'], grid) : drawRuleAbove(row.merged, widths, grid),
    ...drawRow(row, widths, index === 0 ? centred(grid) : grid),
  ]);
  return `${[...lines, drawRule(widths, ['└', '┴', '┘'], grid)].join('\n')}\n`;
}

function widestLine(cells: readonly (readonly Paragraph[])[]): number {
  let widest = 0;
  for (const lines of cells) for (const { text } of lines) widest = Math.max(widest, displayWidth(text));
  return widest;
}

function centred(grid: Grid): Grid {
  return { ...grid, columns: grid.columns.map((column) => ({ ...column, align: 'centre' })) };
}

/** Addresses are broken without a hyphen when only the terminal is too narrow for them. */
function wrapCell(cell: Cell, width: number, maxWidth: number): Paragraph[] {
  return cell.paragraphs.flatMap(({ text, style }) =>
    wrapText(text, { width, hyphenate: width === maxWidth || !text.includes('://') }).map((line) => ({
      text: line,
      ...(style !== undefined && { style }),
    })),
  );
}

function isSame(cell: Cell, above: Cell | undefined): boolean {
  if (above === undefined) return false;
  const text = plainText(cell);
  return text.trim() !== '' && text === plainText(above);
}

function plainText({ paragraphs }: Cell): string {
  return paragraphs.map(({ text }) => text).join('\n');
}

function drawRow({ cells, merged }: Row, widths: readonly number[], { columns, paint }: Grid): string[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  const border = paint('│', 'line');
  return Array.from({ length: height }, (_, y) => {
    const parts = cells.map((lines, column) => {
      const line = merged[column] ? undefined : lines[y];
      return ` ${alignLine(line, widths[column] ?? 0, columns[column]?.align, paint)} `;
    });
    return `${border}${parts.join(border)}${border}`;
  });
}

function alignLine(
  line: Paragraph | undefined,
  width: number,
  align: Column['align'] = 'left',
  paint: Grid['paint'],
): string {
  if (line === undefined) return ' '.repeat(width);
  const room = Math.max(0, width - displayWidth(line.text));
  const before = align === 'centre' ? Math.floor(room / 2) : 0;
  return ' '.repeat(before) + paint(line.text, line.style) + ' '.repeat(room - before);
}

function drawRule(widths: readonly number[], [left, between, right]: readonly string[], { paint }: Grid): string {
  const rules = widths.map((width) => '─'.repeat(width + 2));
  return paint(`${left}${rules.join(between)}${right}`, 'line');
}

/** The rule is left open over a merged cell. */
function drawRuleAbove(merged: readonly boolean[], widths: readonly number[], { paint }: Grid): string {
  let rule = '';
  for (const [column, width] of widths.entries()) {
    const leftOpen = column === 0 || merged[column - 1] === true;
    const rightOpen = merged[column] === true;
    rule += joint(leftOpen, rightOpen) + (rightOpen ? ' ' : '─').repeat(width + 2);
  }
  return paint(rule + joint(merged.at(-1) === true, true), 'line');
}

function joint(leftOpen: boolean, rightOpen: boolean): string {
  if (leftOpen) return rightOpen ? '│' : '├';
  return rightOpen ? '┤' : '┼';
}
