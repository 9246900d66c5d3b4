import {
  type Ecosystem,
  formatPackageUrl,
  type LanguageEcosystem,
  type OperatingSystem,
  type PackageFormat,
  type PackageUrl,
} from '../../core/index.ts';

/** Which ecosystem a package of an SBOM belongs to, by its package URL or by the type that Trivy's property names. */
export interface PackageKinds {
  readonly byPurlType: ReadonlyMap<string, PackageFormat | LanguageEcosystem>;
  /** Result types (`node-pkg`) to their ecosystem. */
  readonly byResultType: ReadonlyMap<string, LanguageEcosystem>;
  /** Families of distributions. */
  readonly families: ReadonlySet<string>;
}

/** What a package URL type belongs to is found by asking each ecosystem for one. */
export function makeKinds(ecosystems: readonly Ecosystem[]): PackageKinds {
  const byPurlType = new Map<string, PackageFormat | LanguageEcosystem>();
  const byResultType = new Map<string, LanguageEcosystem>();
  const families = new Set<string>();
  for (const ecosystem of ecosystems) {
    if (ecosystem.kind === 'distribution') families.add(ecosystem.id);
    if (ecosystem.kind !== 'language' && ecosystem.kind !== 'package-format') continue;
    const type = ecosystem.purl({ name: 'a', version: '1' }, undefined)?.type;
    if (type !== undefined && !byPurlType.has(type)) byPurlType.set(type, ecosystem);
    if (ecosystem.kind === 'language') for (const kind of ecosystem.resultTypes) byResultType.set(kind.type, ecosystem);
  }
  return { byPurlType, byResultType, families };
}

/** True for formats whose versions have a release of their own after the last dash. */
export function hasReleases(format: PackageFormat): boolean {
  return format.purl({ name: 'a', version: '1', release: '2' }, undefined)?.version === '1-2';
}

/**
 * The name that a package has in its ecosystem: of all spellings that the SBOM offers the first for which the
 * ecosystem writes this package URL, since documents split names in different ways.
 */
export function nameOf(
  purl: PackageUrl,
  stated: { readonly group?: string; readonly name: string },
  ecosystem: LanguageEcosystem,
): string {
  const wanted = bare(purl);
  const { namespace } = purl;
  const groups = [stated.group, namespace].filter((group) => group !== undefined && group !== '');
  const names = [stated.name, purl.name].flatMap((name) => [
    name,
    ...groups.flatMap((group) => [`${group}/${name}`, `${group}:${name}`]),
  ]);
  const matching = names.find((name) => {
    const written = ecosystem.purl({ name, version: '1' });
    return written !== undefined && bare(written) === wanted;
  });
  return matching ?? (namespace === undefined ? purl.name : `${namespace}/${purl.name}`);
}

/** Without version and qualifiers, and without regard to case: types differ in what they make of it. */
function bare({ type, namespace, name }: PackageUrl): string {
  return formatPackageUrl({ type, name, ...(namespace !== undefined && { namespace }) }).toLowerCase();
}

/** `[epoch:]version[-release]` in its parts, as the package format has them. */
export function splitFullVersion(
  text: string,
  format: PackageFormat,
): { readonly version: string; readonly release?: string; readonly epoch?: number } {
  const [, epoch, rest = text] = /^(\d{1,9}):(.*)$/s.exec(text) ?? [];
  const dash = hasReleases(format) ? rest.lastIndexOf('-') : -1;
  const isSplit = dash > 0 && dash < rest.length - 1;
  return {
    version: isSplit ? rest.slice(0, dash) : rest,
    ...(isSplit && { release: rest.slice(dash + 1) }),
    ...(epoch !== undefined && Number(epoch) !== 0 && { epoch: Number(epoch) }),
  };
}

/** A number written in decimal digits; an epoch of zero is none. */
export function toEpoch(text: string | undefined): number | undefined {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
  return value === 0 ? undefined : value;
}

/** True where the package URL names another distribution than the one it is found on. */
export function isForeign(purl: PackageUrl, os: OperatingSystem, format: PackageFormat): boolean {
  const own = format.purl({ name: 'a', version: '1' }, os)?.namespace;
  return purl.namespace !== undefined && own !== undefined && purl.namespace !== own && purl.namespace !== os.family;
}
