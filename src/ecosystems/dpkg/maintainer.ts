import type { Package } from '../../core/index.ts';
import { thirdPartyMaintainerNames, thirdPartyMaintainers } from './data.ts';

/** Whether a package comes from the distribution or from a vendor that is known to publish its own. */
export function classOfMaintainer(maintainer: string): NonNullable<Package['repositoryClass']> {
  const text = maintainer.toLowerCase();
  const known = thirdPartyMaintainerNames.includes(text) || thirdPartyMaintainers.some((part) => text.includes(part));
  return known ? 'third-party' : 'official';
}
