import {
  type Advisory,
  type AdvisoryStore,
  type Application,
  type CoverageNote,
  isAppError,
  type LanguageEcosystem,
  type Package,
  vulnerabilityStatuses,
} from '../core/index.ts';
import type { VersionOrder } from '../versions/index.ts';
import { describeBounds, liesWithin } from './bounds.ts';
import { isComparable, judged, type Match } from './strategy.ts';

/** Applies the version ranges of every advisory source of a language ecosystem to the packages of an application. */
export function matchApplication(
  application: Application,
  language: LanguageEcosystem,
  input: { readonly store: AdvisoryStore; readonly order: VersionOrder; readonly note: (note: CoverageNote) => void },
): Match[] {
  const buckets = language.advisories === undefined ? [] : input.store.buckets(`${language.advisories}::`);
  return application.packages
    .filter((pkg) => pkg.version !== '')
    .flatMap((pkg) => matchPackage(pkg, buckets, language, input));
}

function matchPackage(
  pkg: Package,
  buckets: readonly string[],
  language: LanguageEcosystem,
  { store, order, note }: Parameters<typeof matchApplication>[2],
): Match[] {
  const lookedUp = language.advisoryName(pkg.name);
  const found = buckets.flatMap((bucket) =>
    store.advisories(bucket, lookedUp).map((advisory) => ({ bucket, advisory })),
  );
  if (found.length === 0 || !isComparable(pkg.version, order, { package: pkg, note })) return [];
  return found.flatMap(({ bucket, advisory }) => {
    const subject = { package: pkg, advisory: advisory.id, note };
    const range = judged(() => findProof(pkg.version, advisory, order), subject);
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

/** The range or interval that holds; false when the version is safe. */
function findProof(version: string, advisory: Advisory, order: VersionOrder): string | false {
  const { vulnerableVersions, patchedVersions, unaffectedVersions, status } = advisory;
  const statesRanges = [vulnerableVersions, patchedVersions, unaffectedVersions].some((ranges) => ranges?.length);
  const openEnd = advisory.affectedVersion !== undefined || status === vulnerabilityStatuses.indexOf('affected');
  if (statesRanges) return findRange(version, advisory, order);
  return liesWithin(version, advisory, order, openEnd) && describeBounds(advisory);
}

/**
 * The vulnerable range that holds; false when the version is safe. An empty string among the ranges means every
 * version. Patched and unaffected ranges take precedence; with none of the three, nothing is known to be vulnerable.
 */
function findRange(version: string, advisory: Advisory, order: VersionOrder): string | false {
  const { vulnerableVersions = [], patchedVersions = [], unaffectedVersions = [] } = advisory;
  if ([...vulnerableVersions, ...patchedVersions].includes('')) return 'any';
  const vulnerable = firstSatisfied(version, vulnerableVersions, order);
  if (vulnerableVersions.length > 0 && vulnerable === undefined) return false;
  const safe = [...patchedVersions, ...unaffectedVersions];
  if (safe.length === 0) return vulnerable ?? false;
  return firstSatisfied(version, safe, order) === undefined ? (vulnerable ?? `not ${safe.join(' || ')}`) : false;
}

/** The first range that holds. One that cannot be read matters only when no other holds: then nobody can tell. */
function firstSatisfied(version: string, ranges: readonly string[], order: VersionOrder): string | undefined {
  const unread: unknown[] = [];
  for (const range of ranges) {
    try {
      if (order.satisfies(version, range)) return range;
    } catch (error) {
      if (!isAppError(error)) throw error;
      unread.push(error);
    }
  }
  if (unread.length > 0) throw unread[0];
  return undefined;
}

/** The fix, the patched versions, or else the open upper bounds of the vulnerable ranges. */
function toFixedVersion(advisory: Advisory): string {
  if (advisory.fixedVersion) return advisory.fixedVersion;
  const patched = advisory.patchedVersions ?? [];
  if (patched.length > 0) return [...new Set(patched)].join(', ');
  const bounds = (advisory.vulnerableVersions ?? [])
    .flatMap((range) => range.split(','))
    .map((bound) => bound.trim())
    .filter((bound) => bound.startsWith('<') && !bound.startsWith('<='))
    .map((bound) => bound.slice(1).trim());
  return [...new Set(bounds)].join(', ');
}
