import { expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogInventory } from './catalog.ts';

test('an inventory that is not read is not passed over', async () => {
  await expect(
    catalogText(catalogInventory, 'usr/share/bottlerocket/application-inventory.json', '{}'),
  ).rejects.toThrowCode('PACKAGE_DATABASE_UNSUPPORTED');
});
