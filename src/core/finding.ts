import type { CvssScores, DataSource, VulnerabilityStatus } from './advisory.ts';
import type { LayerRef, Package } from './package.ts';
import type { Severity } from './severity.ts';

/** A finding of any scanner; further kinds join with their scanners. */
export type Finding = VulnerabilityFinding;

export interface VulnerabilityFinding {
  readonly kind: 'vulnerability';
  readonly id: string;
  readonly vendorIds?: readonly string[];
  readonly package: Package;
  readonly installedVersion: string;
  readonly fixedVersion?: string;
  readonly status: VulnerabilityStatus;
  readonly layer?: LayerRef;
  readonly severity: Severity;
  /** The source whose judgement `severity` is; absent when it is the database's generic one or unknown. */
  readonly severitySource?: string;
  readonly dataSource?: DataSource;
  readonly primaryUrl?: string;
  readonly title?: string;
  readonly description?: string;
  readonly cweIds?: readonly string[];
  readonly vendorSeverity?: Readonly<Record<string, number>>;
  readonly cvss?: Readonly<Record<string, CvssScores>>;
  readonly references?: readonly string[];
  readonly publishedDate?: string;
  readonly lastModifiedDate?: string;
  /** Absent where it was read from a report that does not tell. */
  readonly proof?: MatchProof;
  /** The one that the report it was read from gives it. */
  readonly fingerprint?: string;
}

/** Why a finding holds: the data that was looked up and what in it matched. */
export interface MatchProof {
  /** Database bucket, and the name looked up in it. */
  readonly bucket: string;
  readonly lookedUp: string;
  /** The version compared, which may be the source package's. */
  readonly compared: string;
  /** The range or bound that held, for example `<1.2.3`. */
  readonly range: string;
}

/** The findings and packages of one target, as one table of a report. */
export interface Result {
  readonly target: string;
  readonly class: 'os-pkgs' | 'lang-pkgs';
  readonly type: string;
  readonly packages: readonly Package[];
  readonly findings: readonly Finding[];
  /** Findings that somebody decided to leave out of the verdict. */
  readonly suppressed?: readonly SuppressedFinding[];
}

/** A finding that does not count, and by whose word. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly status: 'ignored';
  /** Where it was decided, for example the path of an ignore file. */
  readonly source: string;
  readonly statement?: string;
}
