import type { Coverage, CoverageNote } from './coverage.ts';
import type { Digest } from './digest.ts';
import type { BuildInfo, LayerRef, Package } from './package.ts';

/** What one file says, as recorded by one cataloger: facts of the bytes alone, safe to cache with the layer. */
export type InventoryRecord =
  | PackagesRecord
  | OsReleaseRecord
  | PackageRepositoryRecord
  | InstalledFilesRecord
  | PackageLicensesRecord
  | PackageChecksumsRecord
  | BuildInfoRecord
  | ArchiveRecord
  | CompanionRecord
  | CoverageRecord;

/** Packages of one package database, lock file or metadata file. */
export interface PackagesRecord {
  readonly kind: 'packages';
  /** The result type: a package format (`dpkg`) or a source of a language ecosystem (`node-pkg`). */
  readonly type: string;
  readonly packages: readonly Package[];
}

/** The identity a system declares in os-release or an older release file. */
export interface OsReleaseRecord {
  readonly kind: 'os-release';
  /** `ID`, lower case. */
  readonly id: string;
  /** `VERSION_ID`; empty where the file has none. */
  readonly versionId: string;
  readonly name?: string;
}

/** The release of the repository that the package manager installs from (Alpine's `repositories`). */
export interface PackageRepositoryRecord {
  readonly kind: 'package-repository';
  readonly family: string;
  readonly release: string;
}

/** Files that the package manager of the system put there. */
export interface InstalledFilesRecord {
  readonly kind: 'installed-files';
  /** The package they belong to; absent where the file lists those of several. */
  readonly package?: string;
  readonly files: readonly string[];
}

/** Licences of an installed package, told by another file than the package database. */
export interface PackageLicensesRecord {
  readonly kind: 'package-licenses';
  readonly package: string;
  readonly licenses: readonly string[];
}

/** Checksums of installed packages, told by another file than the package database: package id → `algorithm:hex`. */
export interface PackageChecksumsRecord {
  readonly kind: 'package-checksums';
  readonly checksums: Readonly<Record<string, string>>;
}

export interface BuildInfoRecord {
  readonly kind: 'build-info';
  readonly buildInfo: BuildInfo;
}

/** An archive whose packages can only be told with identity data from elsewhere; resolve turns it into packages. */
export interface ArchiveRecord {
  readonly kind: 'archive';
  /** The result type of the packages that it will become. */
  readonly type: string;
  readonly archives: readonly Archive[];
}

/** What a file says of packages that another file beside it lists; their ecosystem puts the two together. */
export interface CompanionRecord {
  readonly kind: 'companion';
  /** The result type that it completes. */
  readonly type: string;
  readonly packages: readonly Package[];
  /** Licences whose text the file is. */
  readonly licenses?: readonly string[];
}

/** A part of a file that was left out while the rest was recorded; becomes a note of the tree. */
export interface CoverageRecord {
  readonly kind: 'coverage';
  readonly note: CoverageNote;
}

/** Coordinates as a Maven-like repository names an artifact. */
export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** One archive with everything its own bytes tell about what it is. */
export interface Archive {
  /** Path from the root; of a nested archive, the outer path, a slash, and the entry's name. */
  readonly path: string;
  readonly sha1: string;
  /** Coordinates that metadata inside the archive states, each with the licences found beside it. */
  readonly declared: readonly (Coordinates & { readonly licenses?: readonly string[] })[];
  /** Coordinates guessed from the manifest; to be believed only when they exist elsewhere. */
  readonly manifest?: Coordinates;
  readonly fileName: { readonly artifact: string; readonly version: string };
  readonly licenses?: readonly string[];
}

/** A record with the file and the cataloger it came from. */
export interface FiledRecord {
  readonly path: string;
  readonly cataloger: string;
  readonly record: InventoryRecord;
  /** Of the file, in hexadecimal; of small files that tell of one package alone. */
  readonly sha1?: string;
}

/** What was recorded while one tree was read: a layer, or a directory. */
export interface TreeInventory {
  readonly records: readonly FiledRecord[];
  /** Paths that the tree deletes, and directories whose lower contents it hides (image-spec layer.md, "Whiteouts"). */
  readonly whiteouts: readonly string[];
  readonly opaqueDirectories: readonly string[];
  /** Paths that a cataloger asked for but of which nothing was recorded: they still replace what lies below. */
  readonly overwritten: readonly string[];
  /** Symbolic links and special files: each replaces a directory of the same path in a lower layer. */
  readonly replaced: readonly string[];
  /** How many files each cataloger was given. */
  readonly files: Readonly<Record<string, number>>;
  readonly notes: readonly CoverageNote[];
}

/** The value of the layer cache. */
export interface LayerInventory extends TreeInventory {
  /** Digest of the unpacked bytes, computed while reading. */
  readonly diffId: Digest;
  /** Unpacked size in bytes. */
  readonly size: number;
}

export interface OperatingSystem {
  /** Identifier of the distribution, for example `debian`. */
  readonly family: string;
  /** Release as the system states it, for example `12.5`. */
  readonly name: string;
  /** Release of the repository when it differs from the system's. */
  readonly repositoryRelease?: string;
  /** True when the release is past its end of life; absent when not known to be. */
  readonly endOfLife?: boolean;
}

/** Packages of one language ecosystem, from one file (`path` set) or gathered from many metadata files. */
export interface Application {
  readonly type: string;
  readonly path?: string;
  readonly packages: readonly Package[];
}

/** An archive that resolve has yet to turn into packages of result type `type`. */
export interface PendingArchive {
  readonly type: string;
  readonly archive: Archive;
  readonly catalogedBy: string;
  readonly layer?: LayerRef;
}

/** Everything recorded of a target, layers merged. */
export interface Inventory {
  readonly os?: OperatingSystem;
  /** The format of `systemPackages`, for example `dpkg`. */
  readonly packageFormat?: string;
  readonly systemPackages: readonly Package[];
  readonly applications: readonly Application[];
  /** Archives still to be resolved, by result type. */
  readonly archives: readonly PendingArchive[];
  readonly coverage: Coverage;
}
