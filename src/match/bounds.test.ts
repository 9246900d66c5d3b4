import { expect, test } from 'vitest';
import { apkOrder } from '../versions/apk/order.ts';
import { type Bounds, describeBounds, liesWithin } from './bounds.ts';

test.each<[string, Bounds, boolean, boolean]>([
  ['1.0', {}, true, true],
  ['1.0', {}, false, false],
  ['1.0', { fixedVersion: '1.0' }, true, false],
  ['0.9', { fixedVersion: '1.0' }, false, true],
  ['0.9', { affectedVersion: '1.0' }, true, false],
  ['1.0', { affectedVersion: '1.0' }, true, true],
  ['1.0', { affectedVersion: '1.0', fixedVersion: '2.0' }, false, true],
  ['2.0', { lastAffectedVersion: '2.0' }, false, true],
  ['2.0.1', { lastAffectedVersion: '2.0' }, true, false],
  ['1.5', { affectedVersion: '1.0', lastAffectedVersion: '2.0' }, false, true],
])('%s within %j, open end %s: %s', (version, bounds, openEnd, within) => {
  expect(liesWithin(version, bounds, apkOrder, openEnd)).toBe(within);
});

test.each<[Bounds, string]>([
  [{}, 'any'],
  [{ fixedVersion: '2' }, '<2'],
  [{ affectedVersion: '1', fixedVersion: '2' }, '>=1, <2'],
  [{ affectedVersion: '1', lastAffectedVersion: '2' }, '>=1, <=2'],
  [{ affectedVersion: '1' }, '>=1'],
])('%j is written %s', (bounds, text) => {
  expect(describeBounds(bounds)).toBe(text);
});
