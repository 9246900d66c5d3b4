import type { Package, TreeInventory } from '../core/index.ts';

/**
 * Paths that the system's package manager installed in one layer. Packages of a language found there belong to an OS
 * package, whose advisories speak for them; a layer that brings the file by other means keeps it.
 */
export function systemFilesOf(tree: TreeInventory): ReadonlySet<string> {
  const records = tree.records.map(({ record }) => record);
  const packages = records.filter((record) => record.kind === 'packages').flatMap((record) => record.packages);
  const lists = records.filter((record) => record.kind === 'installed-files');
  const thirdParty = new Set(packages.filter(isThirdParty).map(({ name }) => name));
  const listed = lists.filter((list) => list.package === undefined || !thirdParty.has(list.package));
  return new Set([
    ...packages.filter((pkg) => !isThirdParty(pkg)).flatMap((pkg) => (pkg.installedFiles ?? []).map(relative)),
    ...listed.flatMap((list) => list.files.map(relative)),
  ]);
}

function isThirdParty(pkg: Package): boolean {
  return pkg.repositoryClass === 'third-party';
}

function relative(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}
