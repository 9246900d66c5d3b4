import { expect, test } from 'vitest';
import type { PageData } from '../page-data.ts';
import { formatSorting, parseSorting, sortFindings } from './sort.ts';

const finding = { status: 'affected', proof: '' };
const data: PageData = {
  targets: [
    { name: 'b', label: 'b', class: 'os-pkgs', type: 'x' },
    { name: 'a', label: 'a', class: 'lang-pkgs', type: 'x' },
  ],
  layers: [],
  packages: [
    { name: 'p', version: '1', target: 0 },
    { name: 'o', version: '1', target: 1 },
  ],
  vulnerabilities: [{ id: 'CVE-2' }, { id: 'CVE-3' }, { id: 'CVE-1' }],
  findings: [
    { ...finding, vulnerability: 0, package: 0, severity: 4 },
    { ...finding, vulnerability: 1, package: 1, severity: 3 },
    { ...finding, vulnerability: 2, package: 0, severity: 3 },
  ],
};

test.each([
  [undefined, [0, 1, 2]],
  ['nonsense', [0, 1, 2]],
  ['-severity', [1, 2, 0]],
  ['vulnerability', [2, 0, 1]],
  ['-vulnerability', [1, 0, 2]],
  ['package', [1, 0, 2]],
  ['-package', [0, 2, 1]],
  ['target', [1, 0, 2]],
])('sorted by %j', (text, order) => {
  expect(sortFindings(data.findings, parseSorting(text), data)).toEqual(order.map((index) => data.findings[index]));
});

test.each(['-severity', 'vulnerability', '-target'])('%j reads back', (text) => {
  expect(formatSorting(parseSorting(text))).toBe(text);
});

test('how the page begins has no text', () => {
  expect(formatSorting(parseSorting(undefined))).toBeUndefined();
});
