import { type Advisory, isAppError, vulnerabilityStatuses } from '../../core/index.ts';
import type { VersionOrder } from '../../versions/index.ts';
import type { Bucket } from './bucket.ts';
import { type Interval, toIntervals } from './interval.ts';
import type { OsvAffected, OsvRecord } from './record.ts';

const cvePattern = /^CVE-\d{4}-\d+$/;

/** The names that findings of a record get: its CVE numbers, or its own id when it has none. */
export function findingIds(
  { id, aliases, upstream, related }: OsvRecord,
  { errata }: Pick<Bucket, 'errata'>,
): string[] {
  for (const names of [[id, ...aliases], upstream, errata ? related : []]) {
    const cves = names.filter((name) => cvePattern.test(name));
    if (cves.length > 0) return [...new Set(cves)];
  }
  return [id];
}

/** What a record says of one package: an advisory for every interval, and for every listed version outside of them. */
export function toAdvisories(
  record: OsvRecord,
  affected: OsvAffected,
  bucket: Pick<Bucket, 'errata'>,
  order: VersionOrder | undefined,
): Advisory[] {
  const intervals = affected.ranges.flatMap((range) => toIntervals(range, order));
  const bounds = intervals.map(toBounds);
  const listed = affected.versions
    .filter((version) => order !== undefined && isOutside(version, intervals, order))
    .map((version) => ({ affectedVersion: version, lastAffectedVersion: version }));
  return findingIds(record, bucket).flatMap((id) => {
    const vendorIds = [record.id, ...record.aliases].filter((name) => name !== id && !cvePattern.test(name));
    return [...bounds, ...listed].map((stated) => ({ id, ...(vendorIds.length > 0 && { vendorIds }), ...stated }));
  });
}

function toBounds({ from, fixed, last }: Interval): Omit<Advisory, 'id'> {
  return {
    ...(from !== undefined && { affectedVersion: from }),
    ...(fixed !== undefined && { fixedVersion: fixed }),
    ...(last !== undefined && { lastAffectedVersion: last }),
    // Said in so many words, as feeds of fixes mean nothing by leaving a fix out.
    ...(fixed === undefined && last === undefined && { status: vulnerabilityStatuses.indexOf('affected') }),
  };
}

/** Lists mostly repeat what the ranges say. A version that the scheme cannot read is that of no package it can. */
function isOutside(version: string, intervals: readonly Interval[], order: VersionOrder): boolean {
  try {
    return !intervals.some((interval) => contains(interval, version, order)) && order.compare(version, version) === 0;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function contains({ from, fixed, last }: Interval, version: string, order: VersionOrder): boolean {
  if (from !== undefined && order.compare(version, from) < 0) return false;
  if (fixed !== undefined) return order.compare(version, fixed) < 0;
  return last === undefined || order.compare(version, last) <= 0;
}
