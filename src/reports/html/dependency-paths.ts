import type { Package } from '../../core/index.ts';

/** Chains shown of one package, and packages of one chain; the middle of a longer one is left out. */
const maxPaths = 3;
const maxSteps = 12;
/** Packages that a chain is followed through. */
const maxDepth = 64;

/** Chains of `name@version` from the outermost package to a package, the shortest first; none where nothing leads to it. */
export type PathsTo = (pkg: Package) => readonly (readonly string[])[];

/** Follows `dependsOn` through the packages of one result. Takes time for what is asked for alone, however long chains are. */
export function traceDependencies(packages: readonly Package[]): PathsTo {
  const byId = new Map(packages.flatMap((pkg) => (pkg.id === undefined ? [] : [[pkg.id, pkg] as const])));
  const parents = new Map<Package, Package[]>();
  for (const pkg of packages) {
    for (const id of pkg.dependsOn ?? []) {
      const child = byId.get(id);
      if (child !== undefined && child !== pkg) parents.set(child, [...takeParents(parents, child), pkg]);
    }
  }
  const nearest = nearestParents(packages, byId, parents);
  return (pkg) =>
    takeParents(parents, pkg)
      .map((parent) => chainTo(parent, nearest))
      .filter((chain) => !chain.includes(pkg))
      .sort((a, b) => a.length - b.length)
      .slice(0, maxPaths)
      .map((chain) => shorten([...chain, pkg].map(({ name, version }) => `${name}@${version}`)));
}

/** No more are kept than may be shown after chains that lead in a circle are left out. */
const maxParents = 20;

function takeParents(parents: ReadonlyMap<Package, Package[]>, pkg: Package): Package[] {
  return (parents.get(pkg) ?? []).slice(0, maxParents);
}

/** The package through which each is reached first, going out from those that the project itself names or nothing needs. */
function nearestParents(
  packages: readonly Package[],
  byId: ReadonlyMap<string, Package>,
  parents: ReadonlyMap<Package, Package[]>,
): Map<Package, Package | undefined> {
  const named = packages.filter(({ relationship }) => relationship === 'root' || relationship === 'workspace');
  const direct = packages.filter(({ relationship }) => relationship === 'direct');
  const loose = packages.filter((pkg) => !parents.has(pkg));
  const nearest = new Map<Package, Package | undefined>();
  for (const pkg of [...named, ...direct, ...loose]) if (!nearest.has(pkg)) nearest.set(pkg, undefined);
  for (const pkg of nearest.keys()) {
    for (const id of pkg.dependsOn ?? []) {
      const child = byId.get(id);
      if (child !== undefined && !nearest.has(child)) nearest.set(child, pkg);
    }
  }
  return nearest;
}

function chainTo(pkg: Package, nearest: ReadonlyMap<Package, Package | undefined>): Package[] {
  const chain = [pkg];
  let above = nearest.get(pkg);
  for (; above !== undefined && chain.length < maxDepth; above = nearest.get(above)) chain.push(above);
  return chain.reverse();
}

function shorten(chain: readonly string[]): readonly string[] {
  if (chain.length <= maxSteps) return chain;
  return [...chain.slice(0, maxSteps / 2), '…', ...chain.slice(-maxSteps / 2)];
}
