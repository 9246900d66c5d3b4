import type { Digest } from '../../core/index.ts';
import type { Platform } from '../../oci/index.ts';
import type { Part, PartKind } from './part.ts';
import type { BlobFate, ReferrersBy } from './target.ts';

/** What became of a part. */
export interface PartOutcome {
  readonly kind: PartKind;
  readonly digest: Digest;
  readonly of?: Digest;
  readonly tag?: string;
  readonly platform?: string;
  readonly type?: string;
  readonly state: PartState;
  /** Why it is not at the target. */
  readonly reason?: string;
}

/** `planned`: it is not at the target, and nothing was to be written; `lost`: the target does not hold it. */
export type PartState = 'copied' | 'present' | 'planned' | 'lost' | 'absent';

/** What became of all that belongs to an image. */
export interface CopyOutcome {
  readonly digest: Digest;
  readonly parts: readonly PartOutcome[];
  /** How the target lists what speaks of the image; undefined where nothing does. */
  readonly referrersBy?: ReferrersBy;
  /** How often each happened, and how many bytes were sent. */
  readonly blobs: Readonly<Record<BlobFate, number>> & { readonly bytes: number };
  /** Layers that may not be copied: their media type says that they are not for distribution. */
  readonly withheld: readonly Digest[];
}

/** Whether something that belongs to the image is not at the target. */
export function isWhole({ parts }: Pick<CopyOutcome, 'parts'>): boolean {
  return parts.every(({ state }) => state !== 'lost' && state !== 'absent');
}

export function describePart({ kind, manifest, of, tag, type, platform }: Part): Omit<PartOutcome, 'state'> {
  return {
    kind,
    digest: manifest.digest,
    ...(of !== undefined && { of }),
    ...(tag !== undefined && { tag }),
    ...(platform !== undefined && { platform: platformText(platform) }),
    ...(type !== undefined && type !== '' && { type }),
  };
}

export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}
