import type { CatalogerDescriptor } from './cataloger.ts';
import type { Application, Archive, CompanionRecord, OperatingSystem, OsReleaseRecord } from './inventory.ts';
import type { Package } from './package.ts';
import type { PackageUrl } from './package-url.ts';
import type { IdentitySource } from './ports.ts';

/** Everything that another room asks about a kind of package or system; one folder under `ecosystems` each. */
export type Ecosystem = LanguageEcosystem | PackageFormat | Distribution | SystemFacts;

/** Catalogers of facts about a system that no one distribution owns. */
export interface SystemFacts {
  readonly kind: 'system';
  readonly id: string;
  readonly title: string;
  readonly catalogers: readonly CatalogerDescriptor[];
}

/** One kind of result that a language ecosystem produces. */
export interface ResultType {
  /** The `Type` in reports, for example `node-pkg`. */
  readonly type: string;
  /** The target that gathers packages of many metadata files; absent when each file is its own target. */
  readonly aggregate?: string;
  /** True when files that an OS package installed are left to the OS package. */
  readonly yieldsToSystem?: boolean;
}

export interface LanguageEcosystem {
  readonly kind: 'language';
  readonly id: string;
  readonly title: string;
  /** Identifier in the versions registry. */
  readonly versionScheme: string;
  /** Advisory sources are the database buckets `ADVISORIES::…`; absent when there are none by design. */
  readonly advisories?: string;
  /** The ecosystem's name in OSV records (ossf/osv-schema, "Defined Ecosystems"). */
  readonly osv?: string;
  /** The name under which advisories file a package. */
  readonly advisoryName: (name: string) => string;
  readonly resultTypes: readonly ResultType[];
  readonly purl: (pkg: Package) => PackageUrl | undefined;
  readonly catalogers: readonly CatalogerDescriptor[];
  /** Present where `catalogers` record companions. */
  readonly complete?: CompleteApplications;
  /** Completes archives with identity data; present where `catalogers` record archives. */
  readonly loadResolver?: () => Promise<ArchiveResolver>;
  /** Identity data that the resolver asks for, by name. */
  readonly identities?: string;
}

/** A companion record with the file that it was read from. */
export interface Companion {
  readonly path: string;
  readonly record: CompanionRecord;
}

/**
 * Makes, from all visible companions of an ecosystem, what completes each of its applications; packages gathered from
 * many files come as one application without a path.
 */
export type CompleteApplications = (companions: readonly Companion[]) => (application: Application) => Application;

/** With no identity source only what the archive itself tells. */
export type ArchiveResolver = (archive: Archive, identities: IdentitySource | undefined) => ArchiveIdentity;

export interface ArchiveIdentity {
  /** The archive's own package and those packed into it. */
  readonly packages: readonly Package[];
  /** False when the archive's own package is not among them: what is packed into it may be known all the same. */
  readonly isIdentified: boolean;
  /** True when it tells its own name, so that identity data cannot add to it. */
  readonly isSelfNamed: boolean;
}

export interface PackageFormat {
  readonly kind: 'package-format';
  /** The type of its `packages` records. */
  readonly id: string;
  readonly title: string;
  readonly versionScheme: string;
  readonly purl: (pkg: Package, os: OperatingSystem | undefined) => PackageUrl | undefined;
  readonly catalogers: readonly CatalogerDescriptor[];
}

/** A release's last supported day, as `YYYY-MM-DD`; `open` while none is known. */
export type EndOfLife = Readonly<Record<string, string>>;

export interface Distribution {
  readonly kind: 'distribution';
  /** The family name in reports, for example `debian`. */
  readonly id: string;
  readonly title: string;
  /** The release that the release files of a system state, when the system is this distribution. */
  readonly recognise: (records: readonly OsReleaseRecord[]) => string | undefined;
  /** The ecosystem's name in OSV records, without release (ossf/osv-schema, "Defined Ecosystems"). */
  readonly osv?: string;
  /** What its OSV records cannot tell, so that a result that rests on them alone is incomplete. */
  readonly osvGap?: string;
  /** True for families whose release files their derivatives carry too (Debian's, Red Hat's): asked last. */
  readonly generic?: boolean;
  readonly matching?: DistributionMatching;
  /** Maps a release name to a key of `endOfLife`. */
  readonly release: (name: string) => string;
  readonly endOfLife?: EndOfLife;
  readonly catalogers?: readonly CatalogerDescriptor[];
}

/** How packages of a distribution are looked up; absent when no advisories are published for it. */
export interface DistributionMatching {
  /** Identifier in the match strategies' registry. */
  readonly strategy: string;
  readonly versionScheme: string;
  /** The database bucket that holds the advisories of this release. */
  readonly bucket: (os: OperatingSystem) => string;
  /** Which of the two names and versions advisories speak of. */
  readonly lookup: { readonly name: 'source' | 'binary'; readonly version: 'source' | 'binary' };
  /** True when the feed also lists vulnerabilities without a fix. */
  readonly unfixed: boolean;
  /** True when packages of other vendors are judged as well. */
  readonly includesThirdParty?: boolean;
  /** The severity source that `Severity` in an advisory stands for. */
  readonly severitySource?: string;
}
