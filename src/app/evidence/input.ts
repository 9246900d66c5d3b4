import type { EvidenceKind } from '../../evidence/index.ts';
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
