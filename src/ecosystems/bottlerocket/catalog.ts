import type { Catalog } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';

/** Says that the inventory is there and was not read. @throws PACKAGE_DATABASE_UNSUPPORTED */
export const catalogInventory: Catalog = () => {
  throw ecosystemError('PACKAGE_DATABASE_UNSUPPORTED', { data: { format: 'Bottlerocket' } });
};
