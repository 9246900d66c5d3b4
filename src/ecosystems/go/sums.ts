import type { CompleteApplications } from '../../core/index.ts';

/**
 * Adds what a `go.sum` lists to a module file that does not say what is needed indirectly, as none did before Go
 * 1.17. Of a module that both list, the module file's version counts.
 */
export const addSums: CompleteApplications = (companions) => {
  const byPath = new Map(companions.map(({ path, record }) => [path, record.packages]));
  return (application) => {
    const sums = byPath.get(application.path?.replace(/go\.mod$/, 'go.sum') ?? '');
    const isPartial = application.packages.every(({ relationship }) => relationship !== 'indirect');
    if (application.type !== 'gomod' || sums === undefined || !isPartial) return application;
    const listed = new Set(application.packages.map(({ name }) => name));
    const catalogedBy = application.packages[0]?.catalogedBy;
    const added = sums
      .filter(({ name }) => !listed.has(name))
      .map((pkg) => ({ ...pkg, ...(catalogedBy !== undefined && { catalogedBy }) }));
    return { ...application, packages: [...application.packages, ...added] };
  };
};
