import type { StrategyDescriptor } from '../../strategy.ts';

/** Red Hat files advisories by product; the repositories that an image was built from tell its products. */
export const redHat: StrategyDescriptor = {
  id: 'red-hat',
  title: 'Errata and open flaws of products, chosen by content sets',
  load: async () => (await import('./match.ts')).matchRedHat,
};
