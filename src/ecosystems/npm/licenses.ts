import type { CompleteApplications } from '../../core/index.ts';

const installed = '/node_modules/';

/** Gives packages whose lock file tells no licence that of what is installed in the `node_modules` beside it. */
export const addLicenses: CompleteApplications = (companions) => {
  const byDirectory = new Map<string, Map<string, readonly string[]>>();
  for (const { path, record } of companions) {
    const directory = projectOf(path);
    const licenses = byDirectory.get(directory) ?? new Map<string, readonly string[]>();
    byDirectory.set(directory, licenses);
    for (const pkg of record.packages) if (pkg.id !== undefined && pkg.licenses) licenses.set(pkg.id, pkg.licenses);
  }
  return (application) => {
    const path = application.path ?? '';
    const licenses = byDirectory.get(`/${path.slice(0, Math.max(path.lastIndexOf('/'), 0))}`);
    if (application.type !== 'npm' || licenses === undefined) return application;
    const packages = application.packages.map((pkg) => {
      const found = pkg.licenses === undefined ? licenses.get(pkg.id ?? '') : undefined;
      return found === undefined ? pkg : { ...pkg, licenses: found };
    });
    return { ...application, packages };
  };
};

/** The directory, with a slash before it, whose `node_modules` holds the file. */
function projectOf(path: string): string {
  const rooted = `/${path}`;
  const at = rooted.indexOf(installed);
  return at <= 0 ? '/' : rooted.slice(0, at);
}
