import { expect, test } from 'vitest';
import { choosePrimaryUrl } from './primary-url.ts';

test.each([
  ['CVE-2020-1', [], undefined, 'https://avd.aquasec.com/nvd/cve-2020-1'],
  ['CVE-2020-1', ['https://access.redhat.com/x'], 'redhat', 'https://avd.aquasec.com/nvd/cve-2020-1'],
  ['RUSTSEC-2020-1', [], 'osv', 'https://osv.dev/vulnerability/RUSTSEC-2020-1'],
  ['GHSA-abcd', [], 'ghsa', 'https://github.com/advisories/GHSA-abcd'],
  ['TEMP-0-ABC', [], 'debian', 'https://security-tracker.debian.org/tracker/TEMP-0-ABC'],
  ['DSA-1', ['https://x', 'https://www.debian.org/1'], 'debian', 'https://www.debian.org/1'],
  [
    'SUSE-SU-1',
    ['http://a', 'https://lists.opensuse.org/2', 'http://lists.opensuse.org/1'],
    'suse-cvrf',
    'http://lists.opensuse.org/1',
  ],
  ['ELSA-1', ['https://linux.oracle.com/errata/1'], 'oracle-oval', 'https://linux.oracle.com/errata/1'],
  ['GO-1', ['https://pkg.go.dev/1'], 'govulndb', undefined],
  ['X-1', ['https://www.debian.org/1'], undefined, undefined],
])('%s with %j from %s', (id, references, source, expected) => {
  expect(choosePrimaryUrl(id, references, source)).toBe(expected);
});
