import { expect, test } from 'vitest';
import { fixedClock } from '../../../testkit/context.ts';
import { makeJsonLogger } from './json-log.ts';

function logged(debug: boolean): string[] {
  const lines: string[] = [];
  const log = makeJsonLogger({ write: (text) => lines.push(text), clock: fixedClock('2026-01-02T03:04:05Z'), debug });
  log.debug('Said in full');
  log.info('Request', { status: 200, target: '/v2/\n', user: undefined });
  log.warn('Look out', { url: 'https://me:hunter2@example.com' });
  return lines;
}

test('one object a line, without secrets', () => {
  const lines = logged(false);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: '2026-01-02T03:04:05.000Z', level: 'info', message: 'Request', status: 200, target: '/v2/\n' },
    {
      time: '2026-01-02T03:04:05.000Z',
      level: 'warn',
      message: 'Look out',
      url: expect.stringContaining('example.com'),
    },
  ]);
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(lines.join('')).not.toContain('hunter2');
});

test('what is done, where that is asked for', () => {
  expect(logged(true)).toHaveLength(3);
});
