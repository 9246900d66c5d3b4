import { expect, test } from 'vitest';
import { makePackage, testLanguage } from '../../testkit/inventory.ts';
import type { Inventory } from '../core/index.ts';
import { type AssessInput, assessInventory } from './index.ts';

const inventory: Inventory = {
  systemPackages: [],
  archives: [],
  applications: [
    { type: 'lib-lock', path: 'a.lock', packages: [makePackage('a@1'), makePackage('b@1', { dev: true })] },
    { type: 'lib-lock', path: 'b.lock', packages: [makePackage('c@1', { dev: true })] },
  ],
  coverage: { catalogers: [], notes: [] },
};

async function targetsOf(packageTypes: AssessInput['packageTypes']): Promise<[string, string[]][]> {
  const input: AssessInput = {
    inventory,
    targetName: 'x',
    packageTypes,
    filter: { severities: [], ignoreStatuses: [] },
    gate: { exitCode: 0, exitOnEol: 0, allowIncomplete: false },
    now: new Date(0),
    ecosystems: [testLanguage],
  };
  const { results } = await assessInventory(input, undefined);
  return results.map(({ target, packages }) => [target, packages.map(({ name }) => name)]);
}

test('packages for development only are left out, and so is what has no others', async () => {
  expect(await targetsOf(['library'])).toEqual([['a.lock', ['a']]]);
  expect(await targetsOf(['os'])).toEqual([]);
});
