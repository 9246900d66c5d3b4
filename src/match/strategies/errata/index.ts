import type { StrategyDescriptor } from '../../strategy.ts';

/** Rebuilds of Red Hat's distribution: errata by module and architecture. */
export const errata: StrategyDescriptor = {
  id: 'errata',
  title: 'Errata of modules and architectures',
  load: async () => (await import('./match.ts')).matchErrata,
};
