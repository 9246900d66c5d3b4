import type { Digest } from '../../core/index.ts';
import type { Descriptor, Platform } from '../../oci/index.ts';
import { type LegacySuffix, type StoredManifest, signatureType } from '../source.ts';

/** One manifest that belongs to an image: the image itself, one of an index, or evidence in either layout. */
export interface Part {
  readonly kind: PartKind;
  readonly manifest: StoredManifest;
  /** Configuration and layers. */
  readonly blobs: readonly Descriptor[];
  /** Manifests of an index. */
  readonly children: readonly Descriptor[];
  /** Steps from the image: children of an index and evidence are one below what they belong to. */
  readonly depth: number;
  /** What it speaks of, or the index it belongs to. */
  readonly of?: Digest;
  /** Of what an index lists and BuildKit attested: the image that it speaks of. */
  readonly speaksOf?: Digest;
  /** Its tag, in cosign's older layout. */
  readonly tag?: string;
  readonly platform?: Platform;
  /** What evidence is: the type of the statement in a bundle, else that of the artifact; what BuildKit calls it. */
  readonly type?: string;
}

export type PartKind = 'image' | 'variant' | 'signature' | 'attestation' | 'sbom' | 'referrer';

/** Something that is listed where the image lies, and is not there. */
export interface AbsentPart {
  readonly kind: PartKind;
  readonly digest: Digest;
  readonly of: Digest;
}

/** Kinds of evidence that a copy can be narrowed to. */
export const evidenceKinds = ['sig', 'att', 'sbom', 'other'] as const;

export type EvidenceKind = (typeof evidenceKinds)[number];

export const legacyKinds: Readonly<Record<LegacySuffix, PartKind>> = {
  sig: 'signature',
  att: 'attestation',
  sbom: 'sbom',
};

/** Of a manifest with a subject: what its bundle states, or its artifact type. */
export function referrerType({ artifactType, annotations }: Pick<Descriptor, 'artifactType' | 'annotations'>): string {
  return annotations?.['dev.sigstore.bundle.predicateType'] ?? artifactType ?? '';
}

/** What evidence of a type counts as; a bundle that does not tell may be a signature or an attestation. */
export function kindsOfType(type: string): readonly EvidenceKind[] {
  if (type === signatureType || type === 'application/vnd.dev.cosign.artifact.sig.v1+json') return ['sig'];
  if (type.startsWith('application/vnd.dev.sigstore.bundle')) return ['sig', 'att'];
  if (/spdx|cyclonedx|syft|artifact\.sbom\./.test(type)) return type.startsWith('http') ? ['att'] : ['sbom'];
  if (/^https?:|in-toto|dsse|artifact\.att\./.test(type)) return ['att'];
  return ['other'];
}

/** How BuildKit marks what it attests, among the entries of an index. */
export const buildKitAnnotations = {
  type: 'vnd.docker.reference.type',
  digest: 'vnd.docker.reference.digest',
} as const;
