import type { DsseEnvelope } from '../dsse.ts';

/** A signature with all that is needed to verify it without asking anyone: a Sigstore bundle. */
export interface SigstoreBundle {
  readonly version: BundleVersion;
  readonly material: VerificationMaterial;
  readonly logEntries: readonly LogEntry[];
  /** Answers of timestamp authorities (RFC 3161), in DER. */
  readonly timestamps: readonly Buffer[];
  readonly content: BundleContent;
}

export type BundleVersion = '0.1' | '0.2' | '0.3';

/** What the signature is checked with; certificates are in DER, the signer's first. */
export type VerificationMaterial =
  | { readonly kind: 'certificate'; readonly certificate: Buffer }
  | { readonly kind: 'chain'; readonly certificates: readonly Buffer[] }
  | { readonly kind: 'public-key'; readonly hint: string };

export type BundleContent =
  | { readonly kind: 'dsse'; readonly envelope: DsseEnvelope }
  | { readonly kind: 'message'; readonly signature: Buffer; readonly digest?: MessageDigest };

/** The digest that the signer noted beside a signature; it is not signed. */
export interface MessageDigest {
  readonly algorithm: HashName;
  readonly value: Buffer;
}

export const hashNames = ['sha256', 'sha384', 'sha512'] as const;

export type HashName = (typeof hashNames)[number];

/** What a transparency log answered when the signature was entered. */
export interface LogEntry {
  readonly logIndex: number;
  /** The identifier of the log: a digest of its key. */
  readonly logId: Buffer;
  readonly kind: string;
  readonly version: string;
  /** Seconds since 1970; absent for logs that tell no time. */
  readonly integratedTime?: number;
  /** The log's signature that it will include the entry (SET). */
  readonly promise?: Buffer;
  readonly proof?: InclusionProof;
  /** The entry itself, in canonical JSON. */
  readonly body: Buffer;
}

/** Proof that an entry is part of a log's Merkle tree (RFC 6962 section 2.1.1). */
export interface InclusionProof {
  readonly logIndex: number;
  readonly treeSize: number;
  readonly rootHash: Buffer;
  readonly hashes: readonly Buffer[];
  /** The signed note that states size and root of the tree. */
  readonly checkpoint: string;
}
