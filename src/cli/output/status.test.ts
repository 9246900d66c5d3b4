import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordOutput } from '../../../testkit/host.ts';
import { StatusLines } from './status.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const esc = '\u001b';
const upAndErase = new RegExp(`(\\r${esc}\\[\\d+A${esc}\\[J|\\n)`);

/** What a terminal of many columns would show after `text`. */
function screen(text: string): string[] {
  let lines: string[] = [''];
  for (const part of text.split(upAndErase)) {
    const up = /\[(\d+)A/.exec(part)?.[1];
    if (up !== undefined) lines = [...lines.slice(0, lines.length - 1 - Number(up)), ''];
    else if (part === '\n') lines.push('');
    else lines[lines.length - 1] += part;
  }
  return lines.slice(0, -1);
}

test('several bars, one line each, redrawn in place and gone at the end', () => {
  const output = recordOutput({ columns: 100, rows: 24 });
  const status = new StatusLines(output);
  const first = status.start('layer a', 1000);
  const second = status.start('files');
  vi.advanceTimersByTime(100);
  expect(screen(output.text())).toEqual([
    'layer a              [........................]   0% 1000',
    'files                0',
  ]);
  first.advance(500);
  second.advance(12);
  vi.advanceTimersByTime(100);
  expect(screen(output.text())).toEqual([
    'layer a              [############............]  50% 1000',
    'files                12',
  ]);
  first.finish();
  second.finish();
  expect(screen(output.text())).toEqual([]);
});

test('log lines stay above the bars', () => {
  const output = recordOutput({ columns: 100, rows: 24 });
  const status = new StatusLines(output);
  const task = status.start('layer a');
  vi.advanceTimersByTime(100);
  status.write('info: one\n');
  status.write('info: two\n');
  expect(screen(output.text())).toEqual(['info: one', 'info: two', 'layer a              0']);
  task.finish();
  expect(screen(output.text())).toEqual(['info: one', 'info: two']);
});

test('no more bars than the screen has room for, and no line longer', () => {
  const output = recordOutput({ columns: 30, rows: 6 });
  const status = new StatusLines(output);
  for (let index = 0; index < 20; index++) status.start(`layer number ${index}`, 5);
  vi.advanceTimersByTime(100);
  const lines = screen(output.text());
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toBe('  and 16 more');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(30);
});

test('work that is over at once is never drawn', () => {
  const output = recordOutput({ columns: 80, rows: 24 });
  const status = new StatusLines(output);
  status.start('layer a', 5).finish();
  vi.advanceTimersByTime(1000);
  expect(output.text()).toBe('');
});

test('a total that was too small does not overflow', () => {
  const output = recordOutput({ columns: 100, rows: 24 });
  const status = new StatusLines(output);
  status.start('layer\u001b[2J', 10).advance(5000);
  vi.advanceTimersByTime(100);
  expect(screen(output.text())[0]).toContain('[########################] 100% 10');
  expect(output.text()).not.toContain('\u001b[2J');
});
