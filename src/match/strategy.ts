import {
  type AdvisoryStore,
  type CoverageNote,
  type DataSource,
  type DistributionMatching,
  fullVersion,
  isAppError,
  type MatchProof,
  type OperatingSystem,
  type Package,
  type VulnerabilityStatus,
} from '../core/index.ts';
import type { VersionOrder } from '../versions/index.ts';

/** A package that an advisory holds for, before severity and details are filled in. */
export interface Match {
  readonly id: string;
  readonly package: Package;
  readonly installedVersion: string;
  readonly fixedVersion?: string;
  readonly vendorIds?: readonly string[];
  readonly status?: VulnerabilityStatus;
  /** The feed's own severity number for this package. */
  readonly severity?: number;
  readonly severitySource?: string;
  readonly dataSource?: DataSource;
  readonly proof: MatchProof;
}

export interface StrategyInput {
  readonly os: OperatingSystem;
  readonly matching: DistributionMatching;
  readonly packages: readonly Package[];
  readonly store: AdvisoryStore;
  readonly order: VersionOrder;
  /** Told of packages and advisories that could not be judged. */
  readonly note: (note: CoverageNote) => void;
}

/** How the advisories of a distribution are applied to its packages. */
export type Strategy = (input: StrategyInput) => readonly Match[];

export interface StrategyDescriptor {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<Strategy>;
}

/** What a comparison is about, and who is told when it cannot be made. */
export interface Subject {
  readonly package: Package;
  /** The advisory that states the version or range; absent for the package's own version. */
  readonly advisory?: string;
  readonly note: StrategyInput['note'];
}

/** Runs a comparison; a version or range that cannot be read is noted, and the answer is undefined. */
export function judged<T>(compare: () => T, subject: Subject): T | undefined {
  try {
    return compare();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { package: pkg, advisory, note } = subject;
    note({
      effect: 'incomplete',
      code: 'version-incomparable',
      message: `${pkg.name} ${fullVersion(pkg)}: ${error.message}`,
      data: { package: pkg.name, ...(advisory !== undefined && { advisory }) },
    });
    return undefined;
  }
}

/** True when the scheme can read the version; else that is noted. */
export function isComparable(version: string, order: VersionOrder, subject: Subject): boolean {
  return judged(() => order.compare(version, version), subject) !== undefined;
}
