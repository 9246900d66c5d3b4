import type { Advisory, Package } from '../../../core/index.ts';
import { type Claim, matchClaims } from '../../claims.ts';
import { entriesFor, modularName } from '../../errata.ts';
import type { Strategy, StrategyInput } from '../../strategy.ts';

/** Errata of Rocky and AlmaLinux: by module, and where they say so by architecture. */
export const matchErrata: Strategy = (input) =>
  matchClaims(input, { lookUp: (pkg) => nameInErrata(pkg, input), read: readErratum });

/** AlmaLinux builds modules whose packages do not say of which module they are (bugs.almalinux.org, 173). */
function nameInErrata(pkg: Package, { note }: StrategyInput): string | undefined {
  if (pkg.modularityLabel || !pkg.release?.includes('.module_el')) return modularName(pkg);
  note({
    effect: 'incomplete',
    code: 'version-incomparable',
    message: `${pkg.name} ${pkg.version}-${pkg.release} is of a module but does not say which; its advisories cannot be chosen`,
    data: { package: pkg.name },
  });
  return undefined;
}

function readErratum(advisory: Advisory, pkg: Package): Claim[] {
  const statements = advisory.entries?.length ? entriesFor(advisory, pkg) : [advisory];
  return statements.map(({ fixedVersion }) => ({ id: advisory.id, ...(fixedVersion && { fixedVersion }) }));
}
