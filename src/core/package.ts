import type { Digest } from './digest.ts';

/** Where in the dependency graph of its lock file a package stands; `unknown` where the file does not say. */
export type Relationship = 'unknown' | 'root' | 'workspace' | 'direct' | 'indirect';

export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  readonly release?: string;
  readonly epoch?: number;
}

/** Lines of the file that declared a package, 1-based and inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** The layer that brought something into an image. */
export interface LayerRef {
  /** Digest of the layer blob as the manifest names it; absent where the image has no manifest. */
  readonly digest?: Digest;
  /** Digest of the unpacked tar. */
  readonly diffId?: Digest;
}

/** One installed or declared package, as its own metadata tells it. */
export interface Package {
  readonly name: string;
  /** The upstream version; formats that have release and epoch keep them apart. */
  readonly version: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly arch?: string;
  /** Unique within its group, and what `dependsOn` names; absent where the format has no identity of its own. */
  readonly id?: string;
  readonly source?: SourcePackage;
  readonly licenses?: readonly string[];
  readonly maintainer?: string;
  /** The rpm module as `name:stream:version:context`. */
  readonly modularityLabel?: string;
  /** `third-party` packages come from elsewhere than the distribution and are outside its advisories. */
  readonly repositoryClass?: 'official' | 'third-party';
  readonly relationship?: Relationship;
  readonly dev?: boolean;
  readonly dependsOn?: readonly string[];
  readonly locations?: readonly LineRange[];
  /** The file the package was read from, relative to the root, where the group does not stand for one file. */
  readonly filePath?: string;
  /** The package manager's own checksum as `algorithm:hex`. */
  readonly checksum?: string;
  /** Checksum of the file it was read from, as `algorithm:hex`. */
  readonly fileChecksum?: string;
  readonly installedFiles?: readonly string[];
  readonly layer?: LayerRef;
  readonly buildInfo?: BuildInfo;
  /** Canonical package URL, written by resolve; absent for what has none. */
  readonly purl?: string;
  /** The cataloger that found it. */
  readonly catalogedBy?: string;
  /** The opaque identifier that the report it was read from gives it. */
  readonly uid?: string;
}

/** What a Red Hat image build recorded of itself, needed to choose the advisories of its repositories. */
export interface BuildInfo {
  readonly contentSets?: readonly string[];
  /** Name-version-release of the image build. */
  readonly nvr?: string;
  readonly arch?: string;
}

/** `[epoch:]version[-release]`, the form dpkg and rpm compare. */
export function fullVersion(part: Pick<SourcePackage, 'version' | 'release' | 'epoch'>): string {
  if (part.version === '') return '';
  const epoch = part.epoch ? `${part.epoch}:` : '';
  const release = part.release ? `-${part.release}` : '';
  return `${epoch}${part.version}${release}`;
}
