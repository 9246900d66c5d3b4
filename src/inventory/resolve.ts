import {
  type Application,
  type ArchiveResolver,
  type CoverageNote,
  type Ecosystem,
  formatPackageUrl,
  type IdentitySource,
  type Inventory,
  type LanguageEcosystem,
  type Package,
  type PackageFormat,
  type PendingArchive,
} from '../core/index.ts';

/** Opens identity data by the name an ecosystem gives it; undefined, with a note, when it is not at hand. */
export type IdentitySources = (name: string) => Promise<{ source?: IdentitySource; notes: readonly CoverageNote[] }>;

/** Completes an inventory with identity data and package URLs. The result is what SBOMs and matching are made of. */
export async function resolveInventory(
  inventory: Inventory,
  ecosystems: readonly Ecosystem[],
  identities: IdentitySources,
): Promise<Inventory> {
  const resolved = await resolveArchives(inventory, ecosystems, identities);
  const format = ecosystems.find(
    (ecosystem): ecosystem is PackageFormat =>
      ecosystem.kind === 'package-format' && ecosystem.id === inventory.packageFormat,
  );
  const systemPackages = inventory.systemPackages.map((pkg) => withPurl(pkg, format?.purl(pkg, inventory.os)));
  const applications = [...inventory.applications, ...resolved.applications].map((application) => {
    const language = languageOf(application.type, ecosystems);
    return { ...application, packages: application.packages.map((pkg) => withPurl(pkg, language?.purl(pkg))) };
  });
  return {
    ...inventory,
    systemPackages,
    applications,
    archives: [],
    coverage: { ...inventory.coverage, notes: [...inventory.coverage.notes, ...resolved.notes] },
  };
}

export function languageOf(type: string, ecosystems: readonly Ecosystem[]): LanguageEcosystem | undefined {
  return ecosystems.find(
    (ecosystem): ecosystem is LanguageEcosystem =>
      ecosystem.kind === 'language' && ecosystem.resultTypes.some((resultType) => resultType.type === type),
  );
}

function withPurl(pkg: Package, purl: Parameters<typeof formatPackageUrl>[0] | undefined): Package {
  return pkg.purl !== undefined || purl === undefined || pkg.name === ''
    ? pkg
    : { ...pkg, purl: formatPackageUrl(purl) };
}

async function resolveArchives(
  inventory: Inventory,
  ecosystems: readonly Ecosystem[],
  identities: IdentitySources,
): Promise<{ applications: Application[]; notes: CoverageNote[] }> {
  const applications: Application[] = [];
  const notes: CoverageNote[] = [];
  for (const [type, pending] of Map.groupBy(inventory.archives, (archive) => archive.type)) {
    const language = languageOf(type, ecosystems);
    const resolve = await language?.loadResolver?.();
    if (language === undefined || resolve === undefined) continue;
    const identity = language.identities === undefined ? { notes: [] } : await identities(language.identities);
    notes.push(...identity.notes);
    const outcome = resolveEach(pending, resolve, identity.source);
    notes.push(...outcome.notes);
    if (outcome.packages.length > 0) applications.push({ type, packages: outcome.packages });
  }
  return { applications, notes };
}

function resolveEach(
  pending: readonly PendingArchive[],
  resolve: ArchiveResolver,
  source: IdentitySource | undefined,
): { packages: Package[]; notes: CoverageNote[] } {
  const packages: Package[] = [];
  const notes: CoverageNote[] = [];
  for (const { archive, catalogedBy, layer } of pending) {
    const identity = resolve(archive, source);
    for (const pkg of identity.packages) {
      packages.push({ filePath: archive.path, ...pkg, catalogedBy, ...(layer && { layer }) });
    }
    if (identity.isIdentified) continue;
    notes.push({
      // Without identity data a gate cannot tell whether the archive is harmless; with it, nobody can.
      effect: source === undefined ? 'incomplete' : 'note',
      code: 'archive-unidentified',
      message: 'No known artifact has the content or the name of this archive',
      path: archive.path,
      ...(layer && { layer }),
    });
  }
  return { packages, notes };
}
