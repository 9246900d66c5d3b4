import type {
  Advisory,
  AdvisoryStore,
  CoverageNote,
  DataSource,
  DistributionMatching,
  MatchProof,
  OperatingSystem,
  Package,
  VulnerabilityStatus,
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

/** Runs a comparison; a version that cannot be compared is noted, and the answer is undefined. */
export function judged<T>(
  compare: () => T,
  subject: { readonly package: Package; readonly advisory: Advisory; readonly note: StrategyInput['note'] },
): T | undefined {
  try {
    return compare();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AppError')) throw error;
    subject.note({
      effect: 'incomplete',
      code: 'version-incomparable',
      message: `${subject.package.name} ${subject.package.version}: ${error.message}`,
      data: { package: subject.package.name, advisory: subject.advisory.id },
    });
    return undefined;
  }
}
