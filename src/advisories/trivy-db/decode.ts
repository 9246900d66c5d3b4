import type { Advisory, AdvisoryEntry, CvssScores, DataSource, VulnerabilityDetail } from '../../core/index.ts';

/** The fields of Trivy's stored JSON, as far as they are read; anything may be absent. */
interface StoredAdvisory {
  readonly FixedVersion?: string;
  readonly AffectedVersion?: string;
  readonly VendorIDs?: string[];
  readonly VulnerableVersions?: string[];
  readonly PatchedVersions?: string[];
  readonly UnaffectedVersions?: string[];
  readonly Severity?: number;
  readonly Status?: number;
  readonly Arches?: string[];
  readonly Entries?: StoredEntry[];
}

interface StoredEntry {
  readonly FixedVersion?: string;
  readonly Arches?: string[];
  readonly VendorIDs?: string[];
  readonly Status?: number;
  readonly Cves?: { readonly ID?: string; readonly Severity?: number }[];
  readonly Affected?: number[];
}

interface StoredDetail {
  readonly Title?: string;
  readonly Description?: string;
  readonly Severity?: string;
  readonly CweIDs?: string[];
  readonly VendorSeverity?: Record<string, number>;
  readonly CVSS?: Record<string, StoredCvss>;
  readonly References?: string[];
  readonly PublishedDate?: string;
  readonly LastModifiedDate?: string;
}

interface StoredCvss {
  readonly V2Vector?: string;
  readonly V3Vector?: string;
  readonly V40Vector?: string;
  readonly V2Score?: number;
  readonly V3Score?: number;
  readonly V40Score?: number;
}

/** Decodes an advisory value; undefined when it is not JSON of that shape. */
export function decodeAdvisory(id: string, value: Buffer): Advisory | undefined {
  const stored = parse<StoredAdvisory>(value);
  if (stored === undefined || !hasLists(stored)) return undefined;
  return defined<Advisory>({
    id,
    fixedVersion: stored.FixedVersion,
    affectedVersion: stored.AffectedVersion,
    vendorIds: stored.VendorIDs,
    vulnerableVersions: stored.VulnerableVersions,
    patchedVersions: stored.PatchedVersions,
    unaffectedVersions: stored.UnaffectedVersions,
    severity: stored.Severity,
    status: stored.Status,
    arches: stored.Arches,
    entries: stored.Entries?.map(decodeEntry),
  });
}

export function decodeDetail(value: Buffer): VulnerabilityDetail | undefined {
  const stored = parse<StoredDetail>(value);
  if (stored === undefined) return undefined;
  return defined<VulnerabilityDetail>({
    title: stored.Title,
    description: stored.Description,
    severity: stored.Severity,
    cweIds: stored.CweIDs,
    vendorSeverity: stored.VendorSeverity,
    cvss: stored.CVSS === undefined ? undefined : mapValues(stored.CVSS, decodeCvss),
    references: stored.References,
    publishedDate: stored.PublishedDate,
    lastModifiedDate: stored.LastModifiedDate,
  });
}

export function decodeDataSource(value: Buffer): DataSource | undefined {
  const stored = parse<{ ID?: string; Name?: string; URL?: string; BaseID?: string }>(value);
  if (stored === undefined) return undefined;
  const { ID: id = '', Name: name = '', URL: url = '', BaseID: baseId } = stored;
  return { id, name, url, ...(baseId !== undefined && { baseId }) };
}

/** Any JSON value; undefined when it is not JSON. */
export function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    return undefined;
  }
}

function parse<T>(value: Buffer): T | undefined {
  const parsed = parseJson(value);
  return typeof parsed === 'object' && parsed !== null ? (parsed as T) : undefined;
}

function decodeEntry(stored: StoredEntry): AdvisoryEntry {
  return defined<AdvisoryEntry>({
    fixedVersion: stored.FixedVersion,
    arches: stored.Arches,
    vendorIds: stored.VendorIDs,
    status: stored.Status,
    cves: stored.Cves?.map(({ ID, Severity }) => defined({ id: ID, severity: Severity })),
    affected: stored.Affected,
  });
}

function decodeCvss(stored: StoredCvss): CvssScores {
  return defined<CvssScores>({
    v2Vector: stored.V2Vector,
    v3Vector: stored.V3Vector,
    v40Vector: stored.V40Vector,
    v2Score: stored.V2Score,
    v3Score: stored.V3Score,
    v40Score: stored.V40Score,
  });
}

/** Ranges decide whether something is vulnerable, so they must be lists of strings before anyone iterates them. */
function hasLists(stored: StoredAdvisory): boolean {
  const lists = [stored.VulnerableVersions, stored.PatchedVersions, stored.UnaffectedVersions];
  return (
    lists.every((list) => list === undefined || list === null || (Array.isArray(list) && list.every(isString))) &&
    (stored.FixedVersion === undefined || isString(stored.FixedVersion)) &&
    (stored.Entries === undefined || stored.Entries === null || Array.isArray(stored.Entries))
  );
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function mapValues<A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

type Defined<T> = { [K in keyof T]?: T[K] | undefined | null };

/** Drops what is undefined or null, so that absent stays absent. */
function defined<T extends object>(fields: Defined<T>): T {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined && value !== null) kept[key] = value;
  return kept as T;
}
