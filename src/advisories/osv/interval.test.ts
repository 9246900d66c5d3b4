import { expect, test } from 'vitest';
import { apkOrder } from '../../versions/apk/order.ts';
import { type Interval, toIntervals } from './interval.ts';
import type { OsvEvent, OsvRange } from './record.ts';

function range(text: string, type: OsvRange['type'] = 'ECOSYSTEM'): OsvRange {
  const events = text.split(', ').map((part): OsvEvent => {
    const [kind, version = ''] = part.split(' ');
    return { kind: kind as OsvEvent['kind'], version };
  });
  return { type, events };
}

test.each<[string, Interval[]]>([
  ['introduced 0', [{}]],
  ['introduced 1.2', [{ from: '1.2' }]],
  ['introduced 0, fixed 1.2', [{ fixed: '1.2' }]],
  ['introduced 1.0, last_affected 1.2', [{ from: '1.0', last: '1.2' }]],
  ['introduced 0, fixed 1.2, introduced 2.0, fixed 2.1', [{ fixed: '1.2' }, { from: '2.0', fixed: '2.1' }]],
  ['introduced 2.0, fixed 2.1, introduced 0, fixed 1.2', [{ from: '2.0', fixed: '2.1' }, { fixed: '1.2' }]],
  [
    'introduced 1.0, introduced 3.0, fixed 2.0, fixed 4.0',
    [
      { from: '1.0', fixed: '2.0' },
      { from: '3.0', fixed: '4.0' },
    ],
  ],
  ['fixed 2.0, introduced 0', [{ fixed: '2.0' }]],
  ['introduced 0, fixed 2.0, fixed 1.0', [{ fixed: '1.0' }]],
  ['introduced 0, limit 3.0, fixed 2.0', [{ fixed: '2.0' }]],
])('%s', (text, intervals) => {
  expect(toIntervals(range(text), apkOrder)).toEqual(intervals);
});

test('commits are no versions', () => {
  expect(toIntervals(range('introduced 0, fixed abc', 'GIT'), apkOrder)).toEqual([]);
});

test.each([
  ['no order', undefined],
  ['a version that it cannot read', apkOrder],
])('with %s, unordered events fix nothing', (_, order) => {
  expect(toIntervals(range('introduced 1.0, introduced 3.0, fixed !, fixed 4.0'), order)).toEqual([{ from: '1.0' }]);
});
