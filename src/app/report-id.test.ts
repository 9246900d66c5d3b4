import { expect, test } from 'vitest';
import { makeReportId } from './report-id.ts';

const now = new Date('2025-06-15T15:06:40Z');

test('a UUID of version 7 that begins with the time', () => {
  const id = makeReportId(now, 'sha256:abc');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime());
});

test('the same for the same moment and target, another for another', () => {
  expect(makeReportId(now, 'a')).toBe(makeReportId(now, 'a'));
  expect(makeReportId(now, 'a')).not.toBe(makeReportId(now, 'b'));
  expect(makeReportId(now, 'a')).not.toBe(makeReportId(new Date(now.getTime() + 1), 'a'));
});
