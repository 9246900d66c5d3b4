import { expect, test } from 'vitest';
import { rateScores, scoreVectors } from './index.ts';

test.each([
  ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
  ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
  ['(AV:L/AC:H/Au:N/C:C/I:C/A:C)', 6.2],
  ['AV:A/AC:M/Au:M/C:P/I:P/A:P', 4.5],
  ['AV:L/AC:H/Au:M/C:N/I:N/A:P', 0.8],
  ['AV:N/AC:L/Au:N/C:N/I:N/A:N', 0],
  ['AV:N/AC:L/Au:N/C:P/I:P/A:P/E:H/RL:U/RC:C', 7.5],
])('version 2: %s is %f', (vector, score) => {
  expect(scoreVectors([vector])).toEqual({ v2Vector: vector, v2Score: score });
});

test.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
  ['CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H', 8.5],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
  ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6],
  ['CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:N/A:N', 4.9],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N', 0],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N/E:P/RL:O', 7.5],
])('version 3: %s is %f', (vector, score) => {
  expect(scoreVectors([vector])).toEqual({ v3Vector: vector, v3Score: score });
});

const worst = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H';
const hardest = 'CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H';

test.each([
  [worst, 10],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N', 8.7],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N', 5.1],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N', 5.3],
  [`${hardest}/CR:H/IR:H/AR:H`, 7.3],
  [`${hardest}/CR:H/IR:M/AR:L`, 7.1],
  [`${hardest}/CR:M/IR:M/AR:M`, 5.5],
  [`${hardest}/CR:L/IR:L/AR:L`, 5.4],
  [`${worst}/E:X/MSI:S/S:P/AU:Y`, 10],
  [`${hardest}/MAV:N/MAC:L/MAT:N/MPR:N/MUI:N`, 10],
])('version 4: %s is %f', (vector, score) => {
  expect(scoreVectors([vector])).toEqual({ v40Vector: vector, v40Score: score });
});

test.each([
  '',
  'junk',
  'CVSS:3.1',
  'CVSS:3.1/',
  'CVSS:5.0/AV:N',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:Z/C:H/I:H/A:H',
  'CVSS:3.1/AV:N/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:constructor/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'AV:N/AC:L/Au:N/C:P/I:P',
  'AV:N:N/AC:L/Au:N/C:P/I:P/A:P',
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:N/SA:N',
  'CVSS:4.0/AV:NA/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
  'CVSS:4.0/AV:X/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
  `CVSS:4.0/${'A:B/'.repeat(1000)}`,
])('%j has no score', (vector) => {
  expect(scoreVectors([vector])).toEqual({});
});

test('vectors of several versions stand side by side', () => {
  const scores = scoreVectors(['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', worst, 'junk']);
  expect(scores).toMatchObject({ v3Score: 9.8, v40Score: 10 });
});

test.each([
  [{ v3Score: 9 }, 'CRITICAL'],
  [{ v3Score: 8.9 }, 'HIGH'],
  [{ v3Score: 7 }, 'HIGH'],
  [{ v40Score: 6.9, v3Score: 9.8 }, 'MEDIUM'],
  [{ v3Score: 3.9 }, 'LOW'],
  [{ v2Score: 10 }, 'HIGH'],
  [{ v2Score: 0.1 }, 'LOW'],
  [{ v3Score: 0 }, undefined],
  [{}, undefined],
])('%j is rated %s', (scores, severity) => {
  expect(rateScores(scores)).toBe(severity);
});
