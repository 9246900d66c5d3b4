import { expect, test } from 'vitest';
import { displayWidth } from '../../kit/display-width.ts';
import type { Cell, Column } from './cell.ts';
import { drawGrid, type Grid } from './grid.ts';
import { makePaint } from './style.ts';

const columns: readonly Column[] = [
  { header: 'Name', align: 'left', minWidth: 5 },
  { header: 'N', align: 'centre', minWidth: 2 },
];

function cells(...texts: string[]): Cell[] {
  return texts.map((text) => ({ paragraphs: [{ text }] }));
}

function draw(rows: readonly (readonly Cell[])[], parts: Partial<Grid> = {}): string[] {
  const grid = { columns, rows, maxWidth: 60, available: undefined, merge: false, paint: makePaint(false), ...parts };
  return drawGrid(grid).split('\n').slice(0, -1);
}

test('headings are centred, cells as their column says, rows parted by lines', () => {
  expect(draw([cells('alpha', '12345'), cells('b', '1')])).toEqual([
    '┌───────┬───────┐',
    '│ Name  │   N   │',
    '├───────┼───────┤',
    '│ alpha │ 12345 │',
    '├───────┼───────┤',
    '│ b     │   1   │',
    '└───────┴───────┘',
  ]);
});

test('equal cells below each other are one, with the line between them left open', () => {
  expect(draw([cells('a', '1'), cells('a', '2'), cells('b', '2'), cells('b', '2')], { merge: true })).toEqual([
    '┌──────┬───┐',
    '│ Name │ N │',
    '├──────┼───┤',
    '│ a    │ 1 │',
    '│      ├───┤',
    '│      │ 2 │',
    '├──────┤   │',
    '│ b    │   │',
    '│      │   │',
    '│      │   │',
    '└──────┴───┘',
  ]);
});

test('empty cells, and a cell like its heading, are not merged', () => {
  const lines = draw([cells('Name', ''), cells('c', '')], { merge: true });
  expect(lines.filter((line) => line === '├──────┼───┤')).toHaveLength(2);
});

test('a cell of several lines gives the row its height', () => {
  expect(draw([[...cells('a\nb'), { paragraphs: [{ text: 'x' }, { text: 'y' }, { text: 'z' }] }]]).slice(3, 6)).toEqual(
    ['│ a    │ x │', '│ b    │ y │', '│      │ z │'],
  );
});

test('colours do not count as width', () => {
  const row: Cell[] = [{ paragraphs: [{ text: '漢字', style: 'HIGH' }] }, ...cells('1')];
  const [, , , line = ''] = draw([row], { paint: makePaint(true) });
  expect(line).toContain('\u001b[91m漢字\u001b[0m \u001b[2m│');
});

test.each([
  [40, 40],
  [24, 24],
  [10, 13],
])('in a terminal of %i columns a wide table takes %i', (available, width) => {
  const lines = draw([cells('word '.repeat(20), 'x'), cells('https://example.com/a/long/address', 'y')], { available });
  expect(Math.max(...lines.map(displayWidth))).toBe(width);
  expect(new Set(lines.map(displayWidth)).size).toBe(1);
});

test('a table that fits is as in no terminal', () => {
  const rows = [cells('alpha', '1')];
  expect(draw(rows, { available: 80 })).toEqual(draw(rows));
});

test('an address that only the terminal is too narrow for is broken without hyphens', () => {
  const lines = draw([cells('https://example.com/a-b', '1')], { available: 20 });
  expect(
    lines
      .slice(3, -1)
      .map((line) => line.slice(2, 14).trim())
      .join(''),
  ).toBe('https://example.com/a-b');
});
