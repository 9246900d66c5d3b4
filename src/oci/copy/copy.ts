import type { Digest } from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import type { RemoteRepository } from '../client/client.ts';
import type { Descriptor } from '../manifest.ts';
import type { ContentSource, StoredContent } from '../stored/content.ts';
import { isForeign } from './foreign.ts';
import { planCopy } from './plan.ts';

export interface CopyOptions {
  /** Blobs on their way at the same time. */
  readonly jobs: number;
  /** Takes layers along that their owner wants nobody to pass on. */
  readonly allowForeign?: boolean;
  /** Told how many bytes of blobs went by, or did not have to. */
  readonly advance?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Copies images and indexes, with all that indexes name and nothing beside them, into one repository; several copies at
 * once send each blob once. A blob of the same registry is mounted, one that is there is left, others stream through.
 */
export class Copier {
  readonly #target: RemoteRepository;
  readonly #options: CopyOptions;
  readonly #sent: Map<Digest, Promise<unknown>> = new Map();

  constructor(target: RemoteRepository, options: CopyOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Stores content under a tag or its digest. @throws OCI_*, NET_* */
  async copy({ source, manifest }: StoredContent, reference: string): Promise<Digest> {
    const { jobs, signal } = this.#options;
    const isThere = async (digest: Digest): Promise<boolean> => (await this.#target.head(digest, signal)) !== undefined;
    if (!(await isThere(manifest.digest))) {
      const plan = await planCopy(manifest, { source, isThere, ...(signal !== undefined && { signal }) });
      const blobs = plan.blobs.filter(({ mediaType }) => this.#options.allowForeign === true || !isForeign(mediaType));
      await mapPooled(blobs, jobs, (blob) => this.#bring(blob, source));
      for (const { digest, bytes, mediaType } of plan.manifests) {
        await this.#target.pushManifest({ reference: digest, bytes, mediaType }, signal);
      }
    }
    const { bytes, mediaType } = manifest;
    return this.#target.pushManifest({ reference, bytes, mediaType }, signal);
  }

  #bring(blob: Descriptor, source: ContentSource): Promise<unknown> {
    const known = this.#sent.get(blob.digest);
    if (known !== undefined) return known;
    const { signal, advance } = this.#options;
    const { place } = source;
    const isNear = place?.host === this.#target.place.host && place.repository !== this.#target.place.repository;
    const upload = { digest: blob.digest, size: blob.size, open: () => source.stream(blob, signal) };
    const sent = this.#target
      .pushBlob(upload, {
        ...(signal !== undefined && { signal }),
        ...(isNear && { mountFrom: place.repository }),
      })
      .then(() => advance?.(blob.size));
    this.#sent.set(blob.digest, sent);
    return sent;
  }
}
