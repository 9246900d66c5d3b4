import { expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogSystemRelease } from './catalog.ts';

test.each([
  ['Amazon Linux release 2 (Karoo)\n', '2 (Karoo)'],
  ['Amazon Linux 2 (2017.12) LTS Release Candidate\n', '2 (2017.12) LTS Release Candidate'],
  ['# comment\nAmazon Linux AMI release 2018.03\n', 'AMI release 2018.03'],
  ['Amazon Linux release 2023.3.20240108 (Amazon Linux)\n', '2023.3.20240108 (Amazon Linux)'],
])('%j', async (text, versionId) => {
  expect(await catalogText(catalogSystemRelease, 'etc/system-release', text)).toEqual([
    { kind: 'os-release', id: 'amzn', versionId },
  ]);
});

test.each(['', 'Rocky Linux release 9.2 (Blue Onyx)\n', 'Amazon Linux \n'])('nothing in %j', async (text) => {
  expect(await catalogText(catalogSystemRelease, 'etc/system-release', text)).toEqual([]);
});
