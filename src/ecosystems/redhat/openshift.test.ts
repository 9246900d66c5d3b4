import { expect, test } from 'vitest';
import { releaseOfCoreOs } from './openshift.ts';

test.each([
  ['4.18', '9.4'],
  ['4.16.0', '9.4'],
  ['4.15.9', '9.2'],
  ['4.13', '9.2'],
  ['4.12.5', '8.6'],
  ['4.11', '8.6'],
  ['4.7.24', '8.4'],
  ['4.7.23', '8.3'],
  ['4.6', '8.2'],
  ['x', '8.2'],
])('%s is built from %s', (versionId, release) => {
  expect(releaseOfCoreOs({ kind: 'os-release', id: 'rhcos', versionId })).toBe(release);
});
