import type { Application, CompleteApplications, Package } from '../../core/index.ts';

/** Stands before the name of a file beside the metadata, until the licences in that file take its place. */
export const licenseFilePrefix = 'file://';

/** Puts the licences that files hold in the place of the names of these files. */
export const addLicenses: CompleteApplications = (companions) => {
  const byPath = new Map(companions.map(({ path, record }) => [path, record.licenses ?? []]));
  return (application: Application): Application => {
    if (application.type !== 'python-pkg') return application;
    return { ...application, packages: application.packages.map((pkg) => withText(pkg, byPath)) };
  };
};

function withText(pkg: Package, byPath: ReadonlyMap<string, readonly string[]>): Package {
  const [license = ''] = pkg.licenses ?? [];
  if (!license.startsWith(licenseFilePrefix)) return pkg;
  const { licenses: _, ...rest } = pkg;
  const found = byPath.get(besideMetadata(pkg.filePath ?? '', license)) ?? [];
  return found.length === 0 ? rest : { ...rest, licenses: found };
}

function besideMetadata(metadata: string, license: string): string {
  return metadata.slice(0, metadata.lastIndexOf('/') + 1) + license.slice(license.lastIndexOf('/') + 1);
}
