import type { CoverageNote, Digest, OperatingSystem, Result } from '../../core/index.ts';
import type { Tool } from '../model.ts';

/** What an SBOM is made from: the packages of a resolved inventory as results hold them, and findings where there are some. */
export interface BomContents {
  /** UUID of the document. */
  readonly id: string;
  readonly created: Date;
  readonly tool: Tool;
  /** Who answers for the document. */
  readonly author?: string;
  readonly subject: BomSubject;
  readonly os?: OperatingSystem;
  readonly results: readonly Result[];
  /** Notes of the inventory; the incomplete ones are written, for whoever judges the SBOM later. */
  readonly notes: readonly CoverageNote[];
  /** False where the document must hold nothing that Trivy's would not. */
  readonly ownProperties: boolean;
}

/** What was looked at. */
export interface BomSubject {
  readonly kind: 'container' | 'filesystem';
  readonly name: string;
  readonly imageId?: Digest;
  readonly manifestDigest?: Digest;
  readonly architecture?: string;
  readonly reference?: string;
  readonly repoTags?: readonly string[];
  readonly repoDigests?: readonly string[];
  readonly diffIds?: readonly string[];
  /** Bytes unpacked. */
  readonly size?: number;
}
