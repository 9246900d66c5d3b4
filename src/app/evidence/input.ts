import type { CleanKind, EvidenceKind, EvidenceNode } from '../../evidence/index.ts';
import type { Platform } from '../../oci/index.ts';

export interface CopyImageInput {
  /** A reference, or an OCI layout as `oci:DIRECTORY[:TAG]` or a path. */
  readonly from: string;
  readonly to: string;
  /** Only the image of an index that is for it, and its evidence. */
  readonly platform?: Platform;
  /** Only evidence of these kinds; the target's tag is left as it is then. */
  readonly only?: readonly EvidenceKind[];
  /** Replaces tags of the target that mean something else. */
  readonly force?: boolean;
  /** Writes nothing. */
  readonly dryRun?: boolean;
}

/** An image whose evidence is looked at. */
export interface EvidenceInput {
  /** A reference, or an OCI layout as `oci:DIRECTORY[:TAG]` or a path. */
  readonly image: string;
  /** Where the evidence is kept when it is not beside the image. */
  readonly repository?: string;
}

export interface DownloadInput extends EvidenceInput {
  readonly platform?: Platform;
}

/** One piece of evidence as a JSON document; nothing of it was checked. */
export interface Downloaded {
  /** A Sigstore bundle, a signature or envelope of cosign's older layout, or a statement that BuildKit put into an index. */
  readonly kind: 'bundle' | 'signature' | 'attestation' | 'statement';
  readonly document: unknown;
  /** Of the statement in it, where there is one that can be read. */
  readonly predicateType?: string;
}

export interface SaveInput {
  readonly image: string;
  readonly directory: string;
}

export interface CleanInput {
  readonly image: string;
  readonly kind: CleanKind;
}

export interface EvidenceTree {
  readonly image: string;
  /** `registry/repository` of the evidence, as cosign names it; the path of a layout. */
  readonly repository: string;
  readonly root: EvidenceNode;
}

export interface TriangulateInput extends EvidenceInput {
  readonly kind: 'signature' | 'attestation' | 'sbom' | 'digest';
}
