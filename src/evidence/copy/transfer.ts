import { type Digest, isAppError } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { mapPooled } from '../../kit/pool.ts';
import type { Descriptor } from '../../oci/index.ts';
import type { EvidenceSource } from '../source.ts';
import type { CopyOutcome } from './outcome.ts';
import type { Part } from './part.ts';
import type { BlobFate, EvidenceTarget } from './target.ts';

/** What a transfer did besides storing manifests. */
export type Traffic = Pick<CopyOutcome, 'blobs' | 'withheld'>;

const width = 8;
/** What a target answers that does not take a manifest of this kind. */
const refusals = ['OCI_REGISTRY_REFUSED', 'OCI_RESPONSE_INVALID', 'OCI_REFERRERS_CONTENDED'] as const;

/** Brings parts to a target: what an index names before it, an image before what speaks of it. */
export class Transfer {
  readonly refused: Map<Part, string> = new Map();
  readonly #source: EvidenceSource;
  readonly #target: EvidenceTarget;
  readonly #counts: Record<BlobFate, number> & { bytes: number } = { pushed: 0, mounted: 0, present: 0, bytes: 0 };
  readonly #withheld: Set<Digest> = new Set();
  /** A layer that several images share is sent once. */
  readonly #blobs: (digest: Digest) => Promise<void>;
  readonly #descriptors: Map<Digest, Descriptor> = new Map();

  constructor(source: EvidenceSource, target: EvidenceTarget) {
    this.#source = source;
    this.#target = target;
    this.#blobs = onceForEach((digest) => this.#putBlob(this.#descriptors.get(digest) as Descriptor));
  }

  get traffic(): Traffic {
    return { blobs: { ...this.#counts }, withheld: [...this.#withheld] };
  }

  /** @throws OCI_*, NET_*, DISK_* when the image itself cannot be brought; evidence that is refused is noted */
  async put(parts: readonly Part[]): Promise<void> {
    const image = parts.filter(({ kind }) => kind === 'image' || kind === 'variant');
    const evidence = parts.filter((part) => !image.includes(part));
    for (const level of levels(image).reverse()) {
      await this.#putBlobs(level);
      await mapPooled(level, width, (part) => this.#target.putManifest(part.manifest));
    }
    for (const level of levels(evidence)) {
      await mapPooled(level, width, (part) => this.#tolerate(part, () => this.#putBlobs([part])));
      const bySubject = Object.values(Object.groupBy(level, ({ of = '' }) => of));
      await mapPooled(bySubject, width, (group = []) => this.#putInTurn(group));
    }
  }

  /** A list of referrers that is kept under a tag is rewritten for each of them. */
  async #putInTurn(group: readonly Part[]): Promise<void> {
    for (const part of group) {
      if (this.refused.has(part)) continue;
      await this.#tolerate(part, () => this.#target.putManifest(part.manifest, part.tag));
    }
  }

  async #tolerate(part: Part, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!refusals.some((code) => isAppError(error, code))) throw error;
      this.refused.set(part, (error as Error).message);
    }
  }

  async #putBlobs(parts: readonly Part[]): Promise<void> {
    const blobs = parts.flatMap((part) => part.blobs);
    for (const blob of blobs) this.#descriptors.set(blob.digest, blob);
    await mapPooled([...new Set(blobs.map(({ digest }) => digest))], width, (digest) => this.#blobs(digest));
  }

  async #putBlob(blob: Descriptor): Promise<void> {
    if (/nondistributable|\.foreign\.diff\./.test(blob.mediaType)) {
      this.#withheld.add(blob.digest);
      return;
    }
    const fate = await this.#target.putBlob(blob, () => this.#source.stream(blob));
    this.#counts[fate]++;
    if (fate === 'pushed') this.#counts.bytes += blob.size;
  }
}

function levels(parts: readonly Part[]): Part[][] {
  const depths = [...new Set(parts.map(({ depth }) => depth))].sort((a, b) => a - b);
  return depths.map((depth) => parts.filter((part) => part.depth === depth));
}
