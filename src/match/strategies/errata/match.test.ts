import { describe, expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../../../testkit/advisory-store.ts';
import { makePackage } from '../../../../testkit/inventory.ts';
import { matchingOf, runStrategy } from '../../../../testkit/match.ts';
import type { AdvisoryEntry, Package } from '../../../core/index.ts';
import { rocky } from '../../../ecosystems/rocky/index.ts';

const matching = matchingOf(rocky);
const entry = (fixedVersion: string, ...arches: string[]): AdvisoryEntry => ({
  fixedVersion,
  arches,
  vendorIds: ['RLSA-1'],
});
const tool = (arch: string): Package => makePackage('tool@1.0', { version: '1.0', release: '1.el9', arch });

function store(name: string, ...entries: readonly AdvisoryEntry[]): ReturnType<typeof makeAdvisoryStore> {
  return makeAdvisoryStore({
    advisories: { 'rocky 9': { [name]: { 'CVE-1': { fixedVersion: '1.0-9.el9', entries } } } },
  });
}

test.each([
  ['x86_64', [entry('1.0-2.el9', 'x86_64', 'aarch64')], '1.0-2.el9'],
  ['aarch64', [entry('1.0-3.el9', 'x86_64'), entry('1.0-2.el9', 'aarch64')], '1.0-2.el9'],
  ['s390x', [entry('1.0-2.el9', 'x86_64')], undefined],
  ['noarch', [entry('1.0-2.el9', 'x86_64')], undefined],
  ['noarch', [entry('1.0-2.el9', 'noarch')], '1.0-2.el9'],
  ['x86_64', [entry('1.0-2.el9')], '1.0-2.el9'],
  ['x86_64', [entry('1.0-1.el9', 'x86_64')], undefined],
  ['x86_64', [], '1.0-9.el9'],
])('%s with %j', async (arch, entries, fixed) => {
  const { matches } = await runStrategy({ matching, packages: [tool(arch)], store: store('tool', ...entries) });
  expect(matches.map(({ fixedVersion }) => fixedVersion)).toEqual(fixed === undefined ? [] : [fixed]);
});

test('errata of a rebuild are not named in reports; a package without architecture fits all', async () => {
  const { arch: _, ...anywhere } = tool('x86_64');
  const { matches } = await runStrategy({
    matching,
    packages: [anywhere],
    store: store('tool', entry('1.0-2.el9', 's390x')),
  });
  expect(matches).toHaveLength(1);
  expect(matches[0]).not.toHaveProperty('vendorIds');
});

describe('modules', () => {
  const modular = (release: string, modularityLabel?: string): Package =>
    makePackage('npm@8', {
      version: '8',
      release,
      arch: 'x86_64',
      ...(modularityLabel !== undefined && { modularityLabel }),
    });
  const advisories = { 'CVE-1': { entries: [entry('9-1', 'x86_64')] } };
  const both = makeAdvisoryStore({
    advisories: { 'rocky 9': { npm: { 'CVE-PLAIN': advisories['CVE-1'] }, 'nodejs:18::npm': advisories } },
  });

  test.each([
    ['nodejs:18:9020020230718165043:rhel9', ['CVE-1']],
    ['nodejs:18:9020020230718165043', ['CVE-1']],
    ['nodejs:20:1:x', []],
    ['nodejs:18', ['CVE-PLAIN']],
    ['', ['CVE-PLAIN']],
  ])('label %j', async (label, ids) => {
    const { matches } = await runStrategy({ matching, packages: [modular('1.module+el9', label)], store: both });
    expect(matches.map(({ id }) => id)).toEqual(ids);
  });

  test('a modular build that does not say of which module cannot be judged', async () => {
    const { matches, notes } = await runStrategy({ matching, packages: [modular('1.module_el8.6.0+1')], store: both });
    expect(matches).toEqual([]);
    expect(notes).toMatchObject([{ effect: 'incomplete', code: 'version-incomparable', data: { package: 'npm' } }]);
  });
});
