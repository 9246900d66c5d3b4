import { expect, test } from 'vitest';
import { testDistribution } from '../../testkit/inventory.ts';
import { judgeEndOfLife } from './end-of-life.ts';

const distribution = testDistribution('test', {
  title: 'Test Linux',
  release: (name) => name.split('.')[0] ?? '',
  endOfLife: { 1: '2025-05-31', edge: 'open' },
});
const os = { family: 'test', name: '1.4' };

test.each([
  ['2025-05-31T23:59:59Z', false],
  ['2025-06-01T00:00:00Z', true],
])('at %s a release supported until 2025-05-31 is past its end: %s', (now, past) => {
  const judged = judgeEndOfLife(os, distribution, new Date(now));
  expect(judged.os?.endOfLife ?? false).toBe(past);
  expect(judged.notes.map(({ effect, code }) => [effect, code])).toEqual(past ? [['note', 'os-end-of-life']] : []);
});

test('the note names the system and the day', () => {
  expect(judgeEndOfLife(os, distribution, new Date('2026-01-01')).notes[0]?.message).toMatch(
    /^Test Linux 1\.4 is out of support since 2025-05-31/,
  );
});

test.each([
  ['a release without a known end', { family: 'test', name: 'edge' }, distribution],
  ['a release that is not listed', { family: 'test', name: '2' }, distribution],
  ['a distribution without a table', os, testDistribution('test')],
  ['no distribution', os, undefined],
  ['no operating system', undefined, distribution],
] as const)('%s is not past its end', (_, given, of) => {
  expect(judgeEndOfLife(given, of, new Date('2099-01-01'))).toEqual({ os: given, notes: [] });
});
