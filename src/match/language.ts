import type { Advisory, AdvisoryStore, Application, CoverageNote, LanguageEcosystem, Package } from '../core/index.ts';
import type { VersionOrder } from '../versions/index.ts';
import { judged, type Match } from './strategy.ts';

/** Applies the version ranges of every advisory source of a language ecosystem to the packages of an application. */
export function matchApplication(
  application: Application,
  language: LanguageEcosystem,
  input: { readonly store: AdvisoryStore; readonly order: VersionOrder; readonly note: (note: CoverageNote) => void },
): Match[] {
  const buckets = language.advisories === undefined ? [] : input.store.buckets(`${language.advisories}::`);
  return application.packages
    .filter((pkg) => pkg.version !== '')
    .flatMap((pkg) => buckets.flatMap((bucket) => matchPackage(pkg, bucket, language, input)));
}

function matchPackage(
  pkg: Package,
  bucket: string,
  language: LanguageEcosystem,
  { store, order, note }: Parameters<typeof matchApplication>[2],
): Match[] {
  const lookedUp = language.advisoryName(pkg.name);
  return store.advisories(bucket, lookedUp).flatMap((advisory) => {
    const range = judged(() => findRange(pkg.version, advisory, order), { package: pkg, advisory, note });
    if (range === undefined || range === false) return [];
    const fixedVersion = toFixedVersion(advisory);
    const dataSource = store.dataSource(bucket);
    return [
      {
        id: advisory.id,
        package: pkg,
        installedVersion: pkg.version,
        ...(fixedVersion !== '' && { fixedVersion }),
        ...(advisory.vendorIds !== undefined && { vendorIds: advisory.vendorIds }),
        ...(dataSource !== undefined && { dataSource }),
        proof: { bucket, lookedUp, compared: pkg.version, range },
      },
    ];
  });
}

/**
 * The vulnerable range that holds; false when the version is safe. An empty string among the ranges means every
 * version. Patched and unaffected ranges take precedence; with none of the three, nothing is known to be vulnerable.
 */
function findRange(version: string, advisory: Advisory, order: VersionOrder): string | false {
  const { vulnerableVersions = [], patchedVersions = [], unaffectedVersions = [] } = advisory;
  if ([...vulnerableVersions, ...patchedVersions].includes('')) return 'any';
  const vulnerable = vulnerableVersions.find((range) => order.satisfies(version, range));
  if (vulnerableVersions.length > 0 && vulnerable === undefined) return false;
  const safe = [...patchedVersions, ...unaffectedVersions];
  if (vulnerable !== undefined && safe.length === 0) return vulnerable;
  if (safe.length === 0) return false;
  return safe.some((range) => order.satisfies(version, range)) ? false : (vulnerable ?? `not ${safe.join(' || ')}`);
}

/** The patched versions, or else the open upper bounds of the vulnerable ranges. */
function toFixedVersion(advisory: Advisory): string {
  const patched = advisory.patchedVersions ?? [];
  if (patched.length > 0) return [...new Set(patched)].join(', ');
  const bounds = (advisory.vulnerableVersions ?? [])
    .flatMap((range) => range.split(','))
    .map((bound) => /^\s*<(?!=)\s*(.*?)\s*$/.exec(bound)?.[1])
    .filter((bound) => bound !== undefined);
  return [...new Set(bounds)].join(', ');
}
