import type { Advisory, AdvisoryEntry, Package } from '../core/index.ts';

/** The entries of an advisory that concern the package's architecture; one that names none, or a package without, fits all. */
export function entriesFor(advisory: Advisory, pkg: Package): readonly AdvisoryEntry[] {
  return (advisory.entries ?? []).filter(({ arches = [] }) => {
    return arches.length === 0 || pkg.arch === undefined || arches.includes(pkg.arch);
  });
}

/** `module:stream::name` for packages of an rpm module, under which errata file them; else the name. */
export function modularName(pkg: Package): string {
  const [module, stream, ...rest] = pkg.modularityLabel?.split(':') ?? [];
  return rest.length === 0 ? pkg.name : `${module}:${stream}::${pkg.name}`;
}
