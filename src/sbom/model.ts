import type { CoverageNote } from '../core/index.ts';

/** What an SBOM says, whatever its format: the things, how they hang together, and who says so. */
export interface Bom {
  readonly document: BomDocument;
  /** What the document is about; absent where it does not say. */
  readonly subject?: Component;
  /** Everything but the subject. */
  readonly components: readonly Component[];
  readonly relations: readonly Relation[];
  readonly vulnerabilities: readonly BomVulnerability[];
}

/** The document itself. */
export interface BomDocument {
  readonly name?: string;
  /** UUID, without a prefix, of a document that is written; whatever identifies one that was read. */
  readonly id?: string;
  /** URI that SPDX identifies the document by; made from `id` where it is absent. */
  readonly namespace?: string;
  /** RFC 3339. */
  readonly created?: string;
  readonly tools: readonly Tool[];
  /** People and organisations that made it. */
  readonly authors: readonly string[];
  /** In which phase of its life the subject was looked at, for example `post-build`. */
  readonly lifecycles?: readonly string[];
  /** Set when the document itself says that something is missing from it. */
  readonly isIncomplete?: boolean;
}

export interface Tool {
  readonly vendor?: string;
  readonly name: string;
  readonly version?: string;
}

/** What a component is, in words that every format has a place for. */
export type ComponentKind =
  | 'application'
  | 'container'
  | 'filesystem'
  | 'operating-system'
  | 'library'
  | 'file'
  | 'other';

export interface Component {
  /** Unique within the document. */
  readonly ref: string;
  readonly kind: ComponentKind;
  /** What stands before the name: a Maven group, an npm scope. */
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly cpe?: string;
  readonly supplier?: string;
  readonly description?: string;
  readonly copyright?: string;
  /** As stated: SPDX identifiers, expressions or names. */
  readonly licenses?: readonly string[];
  readonly hashes?: readonly Hash[];
  /** The package that a system package was built from, as people read it: `glibc 1:2.36-9`. */
  readonly sourceInfo?: string;
  /** Where it lies in the target. */
  readonly files?: readonly FileRef[];
  readonly properties?: readonly Property[];
}

/** `algorithm` as in `hashes.ts`: `sha1`, `sha256`, `md5`. */
export interface Hash {
  readonly algorithm: string;
  readonly value: string;
}

export interface FileRef {
  readonly path: string;
  readonly hashes?: readonly Hash[];
}

/** A fact that no format has a field for; names have a namespace (`properties.ts`). */
export interface Property {
  readonly name: string;
  readonly value: string;
}

/** CycloneDX knows dependencies alone, and says `depends-on` for both. */
export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly kind: 'contains' | 'depends-on';
}

/** A vulnerability and the components it is in. */
export interface BomVulnerability {
  readonly id: string;
  readonly source?: { readonly name: string; readonly url?: string };
  readonly ratings: readonly Rating[];
  readonly cwes: readonly number[];
  readonly description?: string;
  readonly recommendation?: string;
  readonly advisories: readonly string[];
  readonly published?: string;
  readonly updated?: string;
  readonly affects: readonly { readonly ref: string; readonly version: string }[];
}

export interface Rating {
  readonly source: string;
  readonly severity: string;
  readonly method?: 'CVSSv2' | 'CVSSv3' | 'CVSSv31' | 'CVSSv4';
  readonly score?: number;
  readonly vector?: string;
}

/** What reading gives beside the content itself. */
export interface DecodedBom extends Bom {
  /** For example `CycloneDX 1.6`. */
  readonly standard: string;
  readonly notes: readonly CoverageNote[];
}
