import {
  type AppError,
  type Application,
  type ArchiveResolver,
  type CoverageNote,
  describeError,
  type Ecosystem,
  formatPackageUrl,
  type IdentitySource,
  type Inventory,
  isAppError,
  type LanguageEcosystem,
  type LayerRef,
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
    const needsData = pending.some(({ archive }) => !resolve(archive, undefined).isSelfNamed);
    const isAsked = needsData && language.identities !== undefined;
    const identity = isAsked ? await identities(language.identities) : { notes: [] };
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
  let identities = source;
  for (const { archive, catalogedBy, layer } of pending) {
    const identity = attempt(
      () => resolve(archive, identities),
      (error) => {
        notes.push({ effect: 'incomplete', code: 'data-unreadable', message: describeError(error) });
        identities = undefined;
        return resolve(archive, undefined);
      },
    );
    for (const pkg of identity.packages) {
      const file = { filePath: archive.path, fileChecksum: `sha1:${archive.sha1}` };
      packages.push({ ...file, ...pkg, catalogedBy, ...(layer && { layer }) });
    }
    if (!identity.isIdentified) notes.push(unidentified(archive.path, layer, identities !== undefined));
  }
  return { packages, notes };
}

/** Damaged identity data costs names, not the whole inventory. */
function attempt<T>(work: () => T, otherwise: (error: AppError) => T): T {
  try {
    return work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return otherwise(error);
  }
}

function unidentified(path: string, layer: LayerRef | undefined, hadData: boolean): CoverageNote {
  return {
    // Without identity data a gate cannot tell whether the archive is harmless; with it, nobody can.
    effect: hadData ? 'note' : 'incomplete',
    code: 'archive-unidentified',
    message: hadData
      ? 'No known artifact has the content or the name of this archive'
      : 'The archive does not tell its own name, and there is no identity data to find it in',
    path,
    ...(layer && { layer }),
  };
}
