import { expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../../../testkit/advisory-store.ts';
import { makePackage } from '../../../../testkit/inventory.ts';
import { matchingOf, runStrategy } from '../../../../testkit/match.ts';
import { oracle } from '../../../ecosystems/oracle/index.ts';

const store = makeAdvisoryStore({
  advisories: {
    'Oracle Linux 9': {
      tool: {
        'CVE-1': {
          entries: [
            { fixedVersion: '1.0-2.el9', arches: ['x86_64'], vendorIds: ['ELSA-1'] },
            { fixedVersion: '10:1.0-2.el9_fips', arches: ['x86_64'], vendorIds: ['ELSA-2'] },
            { fixedVersion: '2:1.0-2.ksplice1.el9', arches: ['x86_64'], vendorIds: ['ELSA-3'] },
            { fixedVersion: '1.0-3.el9', arches: ['aarch64'], vendorIds: ['ELSA-4'] },
          ],
        },
        'CVE-2': { fixedVersion: '1.0-5.el9' },
        'CVE-3': {},
      },
    },
  },
});

test.each([
  ['1.el9', 'x86_64', ['1.0-2.el9', '1.0-5.el9']],
  ['1.el9', 'aarch64', ['1.0-3.el9', '1.0-5.el9']],
  ['1.el9_fips', 'x86_64', ['10:1.0-2.el9_fips']],
  ['1.ksplice1.el9', 'x86_64', ['2:1.0-2.ksplice1.el9']],
  ['1.KSPLICE2.el9', 'x86_64', ['2:1.0-2.ksplice1.el9']],
  ['4.el9', 'x86_64', ['1.0-5.el9']],
])('release %s for %s', async (release, arch, fixed) => {
  const packages = [makePackage('tool@1.0', { version: '1.0', release, arch })];
  const { matches } = await runStrategy({ matching: matchingOf(oracle), packages, store });
  expect(matches.map(({ fixedVersion }) => fixedVersion)).toEqual(fixed);
});
