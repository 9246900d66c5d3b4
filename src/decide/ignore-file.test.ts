import { expect, test } from 'vitest';
import { isExpired, parseIgnoreFile } from './ignore-file.ts';

test('one id a line; comments, blank lines and words behind the id say nothing', () => {
  const content = '\ufeff# why\n\nCVE-1\n  CVE-2   accepted by Ann \r\n#CVE-3\nGHSA-a # not ours\n';
  expect(parseIgnoreFile(content)).toEqual({
    entries: [
      { id: 'CVE-1', line: 3 },
      { id: 'CVE-2', line: 4 },
      { id: 'GHSA-a', line: 6 },
    ],
    faults: [],
  });
});

test('an expiry is a day that exists, or the line is a fault', () => {
  const content = 'CVE-1 exp:2030-01-31\nCVE-2 exp:2030-02-30\nCVE-3 exp:soon\nCVE-4 exp:\nCVE-5 why exp:2031-12-01';
  expect(parseIgnoreFile(content)).toEqual({
    entries: [
      { id: 'CVE-1', line: 1, expires: '2030-01-31' },
      { id: 'CVE-5', line: 5, expires: '2031-12-01' },
    ],
    faults: [2, 3, 4],
  });
});

test.each([
  ['2030-01-30T23:59:59Z', false],
  ['2030-01-31T00:00:00Z', false],
  ['2030-01-31T00:00:00.001Z', true],
])('at %s an entry that expires on 2030-01-31 is expired: %s', (now, expired) => {
  expect(isExpired({ id: 'CVE-1', line: 1, expires: '2030-01-31' }, new Date(now))).toBe(expired);
});

test('an entry without expiry holds for ever', () => {
  expect(isExpired({ id: 'CVE-1', line: 1 }, new Date('9999-01-01'))).toBe(false);
});
