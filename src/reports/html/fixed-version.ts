import { isAppError } from '../../core/index.ts';
import type { VersionOrder } from '../../versions/index.ts';

/** Fixes named in words where their order is not known. */
const maxNamed = 3;

/**
 * The lowest version that is said to fix all of `fixes`, each of which may name one for every line of releases
 * (`1.2.5, 2.0.1`). Without an order, or with versions that it does not know, they are named as they are.
 */
export function chooseFix(fixes: readonly string[], installed: string, order: VersionOrder | undefined): string {
  const lists = [...new Set(fixes)].map((fix) => fix.split(',').map((version) => version.trim()));
  if (lists.length === 1 && lists[0]?.length === 1) return lists[0][0] ?? '';
  return (order && chooseOrdered(lists, installed, order)) ?? nameAll(lists);
}

function chooseOrdered(
  lists: readonly (readonly string[])[],
  installed: string,
  { compare }: VersionOrder,
): string | undefined {
  try {
    const newer = lists.map((versions) =>
      versions.filter((version) => compare(version, installed) > 0).toSorted((a, b) => compare(a, b)),
    );
    if (newer.some((versions) => versions.length === 0)) return undefined;
    const candidates = newer.flat().toSorted((a, b) => compare(a, b));
    return candidates.find((candidate) => newer.every((versions) => isFixed(candidate, versions, compare)));
  } catch (error) {
    if (isAppError(error, 'VERSION_INVALID')) return undefined;
    throw error;
  }
}

/** A later line of releases has the flaw until its own fix, so that of two fixes the one of the version's line counts. */
function isFixed(version: string, fixes: readonly string[], compare: VersionOrder['compare']): boolean {
  if (compare(version, fixes[0] ?? '') < 0) return false;
  const own = fixes.filter((fix) => lineOf(fix) === lineOf(version));
  return own.every((fix) => compare(version, fix) >= 0) && (own.length > 0 || isBetween(version, fixes, compare));
}

/** A line without a fix of its own is taken to be fixed when it is newer than all that have one. */
function isBetween(version: string, fixes: readonly string[], compare: VersionOrder['compare']): boolean {
  return fixes.every((fix) => compare(version, fix) >= 0);
}

/** The first number of a version. */
function lineOf(version: string): string {
  return /\d+/.exec(version.replace(/^\d+:/, ''))?.[0] ?? '';
}

function nameAll(lists: readonly (readonly string[])[]): string {
  const versions = [...new Set(lists.flat())];
  const more = versions.length - maxNamed;
  return `${versions.slice(0, maxNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
