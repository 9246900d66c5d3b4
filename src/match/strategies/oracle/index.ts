import type { StrategyDescriptor } from '../../strategy.ts';

/** Oracle Linux builds some packages in several flavours, each with errata of its own. */
export const oracle: StrategyDescriptor = {
  id: 'oracle',
  title: 'Errata of flavours and architectures',
  load: async () => (await import('./match.ts')).matchOracle,
};
