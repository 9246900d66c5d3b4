import type { Digest, Severity } from '../../core/index.ts';
import type { Reason, Verified } from '../../verify/index.ts';
import type { JsonObject } from './json.ts';

/** Something that `judge` must be told before it can decide. */
export type Need = DigestNeed | EvidenceNeed | ContentNeed | VerdictNeed | ObjectNeed;

/** Which digest an image's name means now. */
export interface DigestNeed {
  readonly kind: 'digest';
  readonly image: string;
}

/** All evidence of an image that holds under what is trusted, whoever signed. */
export interface EvidenceNeed {
  readonly kind: 'evidence';
  /** With its digest. */
  readonly image: string;
  /** Where the evidence is kept when it is not beside the image. */
  readonly repository?: string;
  readonly proof: Proof;
}

/** What an image consists of. */
export interface ContentNeed {
  readonly kind: 'content';
  readonly image: string;
}

/** The verdict that is kept of an image: of a stored inventory, or of an SBOM that was attested. */
export interface VerdictNeed {
  readonly kind: 'verdict';
  /** With its digest. */
  readonly image: string;
  /** Statements that are SBOMs of the image by signers who count, by the SHA-256 of their bytes. */
  readonly statements: readonly Digest[];
  /** Where statements are kept that are not beside the image. */
  readonly repositories: readonly string[];
  /** Which findings count; all unless given. */
  readonly severities?: readonly Severity[];
  /** Whether findings that nothing fixes do not count. */
  readonly ignoreUnfixed?: boolean;
}

/** An object of the cluster, for example the labels of a namespace. */
export interface ObjectNeed {
  readonly kind: 'object';
  readonly apiVersion: string;
  readonly objectKind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What makes a signature count, apart from who made it. All keys and certificates are PEM. */
export interface Proof {
  /** A key, or whoever has a certificate of a trusted authority. */
  readonly by: { readonly kind: 'key'; readonly pem: string } | { readonly kind: 'certificate' };
  /** A trusted_root.json to trust instead of the one that whoever judges trusts. */
  readonly trustedRoot?: string;
  /** Authorities to trust instead of those of the trusted root. */
  readonly authorities?: string;
  /** Whether a transparency log must have the signature, and its keys when it is not one of the trusted root. */
  readonly log: LogDemand;
  /** The same for the logs of certificates. */
  readonly certificateLog: LogDemand;
  /** Demands a timestamp, whose authority is that of the chain or one of the trusted root. */
  readonly timestamp?: { readonly chain?: string };
}

export interface LogDemand {
  readonly required: boolean;
  readonly key?: string;
}

/** What is known of a need. What could not be found out is `unknown`, and then nothing may depend on it. */
export type Fact =
  | { readonly kind: 'digest'; readonly digest: Digest }
  | { readonly kind: 'evidence'; readonly pieces: readonly EvidencePiece[] }
  | { readonly kind: 'content'; readonly content: ImageContent }
  | { readonly kind: 'verdict'; readonly verdict: KeptVerdict }
  /** `undefined`: there is no such object. */
  | { readonly kind: 'object'; readonly object: JsonObject | undefined }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** A verdict with the age of the data that it was made under. */
export interface KeptVerdict {
  readonly result: 'pass' | 'fail' | 'incomplete';
  readonly dataAt: Date;
  /** What made it so, in words: findings, or what could not be judged. */
  readonly reasons?: readonly string[];
}

/** The documents of an image in JSON: those of its platform for this machine, and the index where there is one. */
export interface ImageContent {
  readonly digest: Digest;
  readonly manifest: JsonObject;
  readonly config: JsonObject;
  readonly index?: JsonObject;
}

/** One signature or statement, checked under a proof. */
export type EvidencePiece =
  | { readonly outcome: 'verified'; readonly verified: Verified; readonly signed: SignedContent }
  | { readonly outcome: 'refused'; readonly reasons: readonly Reason[] };

/** What was signed. */
export interface SignedContent {
  /** A signature of the image and nothing else, or a statement about it. */
  readonly kind: 'signature' | 'attestation';
  readonly annotations: Readonly<Record<string, unknown>>;
  /** SHA-256 of the bytes of a statement. */
  readonly statement?: Digest;
}

/** Facts by `needKey`. */
export type Facts = ReadonlyMap<string, Fact>;

/** Equal needs have equal keys, which are the needs in JSON. */
export function needKey(need: Need): string {
  return JSON.stringify(sorted(need));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
