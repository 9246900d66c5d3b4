import { type Advisory, isAppError, vulnerabilityStatuses } from '../../core/index.ts';
import type { VersionOrder } from '../../versions/index.ts';
import type { Bucket } from './bucket.ts';
import { type Interval, toIntervals, toLimits } from './interval.ts';
import type { OsvAffected, OsvRange, OsvRecord } from './record.ts';

const cvePattern = /^CVE-\d{4}-\d{4,}$/;

/** The names that findings of a record get: its CVE numbers, or its own id when it has none. */
export function findingIds({ id, aliases, upstream }: OsvRecord): string[] {
  for (const names of [[id, ...aliases], upstream]) {
    const cves = names.filter((name) => cvePattern.test(name));
    if (cves.length > 0) return [...new Set(cves)];
  }
  return [id];
}

/** What a record says of one package, in the words of the matchers. */
export function toAdvisories(
  record: OsvRecord,
  affected: OsvAffected,
  { form }: Pick<Bucket, 'form'>,
  order: VersionOrder | undefined,
): Advisory[] {
  const statements = form === 'ranges' ? toRangeStatement(affected, order) : toBoundStatements(affected, order);
  return findingIds(record).flatMap((id) => {
    const vendorIds = [record.id, ...record.aliases].filter((name) => name !== id && !cvePattern.test(name));
    return statements.map((statement) => ({ id, ...(vendorIds.length > 0 && { vendorIds }), ...statement }));
  });
}

type Statement = Omit<Advisory, 'id'>;

/** One advisory with every range; what is listed as a version counts as well. */
function toRangeStatement({ ranges, versions }: OsvAffected, order: VersionOrder | undefined): Statement[] {
  const listed = versions.filter((version) => isComparable(version, order)).map((version) => `=${version}`);
  const vulnerableVersions = [...ranges.flatMap((range) => toRangeTexts(range, order)), ...listed];
  return vulnerableVersions.length === 0 ? [] : [{ vulnerableVersions }];
}

/** `>=1.0, <1.5`; empty text means every version. A limit is behind a space, as it is no fix. */
function toRangeTexts(range: OsvRange, order: VersionOrder | undefined): string[] {
  const limits = toLimits(range).map((limit) => ` <${limit}`);
  return toIntervals(range, order).flatMap((interval) => {
    const upper = toUpperBound(interval);
    const text = [interval.from && `>=${interval.from}`, upper].filter(Boolean).join(', ');
    return limits.length === 0 ? [text] : limits.map((limit) => `${text || '>=0'}${limit}`);
  });
}

function toUpperBound({ fixed, last }: Interval): string | undefined {
  if (fixed !== undefined) return `<${fixed}`;
  return last === undefined ? undefined : `<=${last}`;
}

/** One advisory for every interval, and without ranges one for every version. */
function toBoundStatements({ ranges, versions }: OsvAffected, order: VersionOrder | undefined): Statement[] {
  const intervals = ranges.flatMap((range) => toIntervals(range, order));
  if (intervals.length === 0) {
    return versions.map((version) => ({ affectedVersion: version, lastAffectedVersion: version }));
  }
  return intervals.map(({ from, fixed, last }) => ({
    ...(from !== undefined && { affectedVersion: from }),
    ...(fixed !== undefined && { fixedVersion: fixed }),
    ...(last !== undefined && { lastAffectedVersion: last }),
    // Said in so many words, as feeds of fixes mean nothing by leaving a fix out.
    ...(fixed === undefined && last === undefined && { status: vulnerabilityStatuses.indexOf('affected') }),
  }));
}

/** A listed version that the scheme does not understand cannot be that of any package it does. */
function isComparable(version: string, order: VersionOrder | undefined): boolean {
  try {
    order?.compare(version, version);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}
