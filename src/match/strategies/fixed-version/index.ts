import type { StrategyDescriptor } from '../../strategy.ts';

/** One advisory states one fixed version for a package of the release. */
export const fixedVersion: StrategyDescriptor = {
  id: 'fixed-version',
  title: 'Installed version below the fixed version',
  load: async () => {
    const { matchClaims } = await import('../../claims.ts');
    return (input) => matchClaims(input);
  },
};
