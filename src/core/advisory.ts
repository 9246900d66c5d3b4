/** Where advisories come from, as the database describes it. */
export interface DataSource {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly baseId?: string;
}

export const vulnerabilityStatuses = [
  'unknown',
  'not_affected',
  'affected',
  'fixed',
  'under_investigation',
  'will_not_fix',
  'fix_deferred',
  'end_of_life',
] as const;

/** The index is the number that Trivy's database stores. */
export type VulnerabilityStatus = (typeof vulnerabilityStatuses)[number];

/** One statement that versions of a package are vulnerable. Fields are those the feeds have in common. */
export interface Advisory {
  /** The vulnerability, or for errata feeds the erratum. */
  readonly id: string;
  readonly vendorIds?: readonly string[];
  readonly fixedVersion?: string;
  /** The first affected version, where the feed states one. */
  readonly affectedVersion?: string;
  /** The last affected version, where the feed states one instead of a fix. */
  readonly lastAffectedVersion?: string;
  readonly vulnerableVersions?: readonly string[];
  readonly patchedVersions?: readonly string[];
  readonly unaffectedVersions?: readonly string[];
  /** 0 (unknown) to 4 (critical), where the feed judges the package itself. */
  readonly severity?: number;
  /** Index into `vulnerabilityStatuses`. */
  readonly status?: number;
  readonly arches?: readonly string[];
  readonly entries?: readonly AdvisoryEntry[];
}

/** One of several statements that an advisory makes: per architecture, or per repository. */
export interface AdvisoryEntry {
  readonly fixedVersion?: string;
  readonly arches?: readonly string[];
  readonly vendorIds?: readonly string[];
  readonly status?: number;
  readonly cves?: readonly { readonly id?: string; readonly severity?: number }[];
  /** Indices of the product names (CPE) it holds for. */
  readonly affected?: readonly number[];
}

export interface CvssScores {
  readonly v2Vector?: string;
  readonly v3Vector?: string;
  readonly v40Vector?: string;
  readonly v2Score?: number;
  readonly v3Score?: number;
  readonly v40Score?: number;
}

/** What is known of a vulnerability whatever the package. */
export interface VulnerabilityDetail {
  readonly title?: string;
  readonly description?: string;
  /** The database's generic severity. */
  readonly severity?: string;
  readonly cweIds?: readonly string[];
  /** Severity number by source id. */
  readonly vendorSeverity?: Readonly<Record<string, number>>;
  readonly cvss?: Readonly<Record<string, CvssScores>>;
  readonly references?: readonly string[];
  readonly publishedDate?: string;
  readonly lastModifiedDate?: string;
}

/** Read access to advisory data. Buckets are named as in Trivy's database. @throws ADVISORIES_CORRUPT where the data cannot be read */
export interface AdvisoryStore {
  /** Names of the buckets that start with `prefix`, in order. */
  buckets(prefix: string): readonly string[];
  advisories(bucket: string, packageName: string): readonly Advisory[];
  detail(id: string): VulnerabilityDetail | undefined;
  dataSource(bucket: string): DataSource | undefined;
  /** A value of a nested bucket, decoded from JSON; undefined when there is none. */
  value(path: readonly string[], key: string): unknown;
  /** Why findings of a bucket cannot be complete, where that is known; asked when the bucket is used. */
  gap?(bucket: string): string | undefined;
  readonly identity: AdvisoryData;
  /** The identities of the stores that it is made of, where it is made of several. */
  readonly parts?: readonly AdvisoryData[];
}

/** What identifies the data that a result was made with. */
export interface AdvisoryData {
  readonly name: string;
  readonly updatedAt?: string;
  readonly nextUpdate?: string;
  readonly downloadedAt?: string;
}
