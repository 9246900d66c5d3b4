import type { Digest } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import { type Descriptor, mediaTypes, parseManifest } from '../manifest.ts';
import type { ContentSource, StoredManifest } from '../stored/content.ts';

/** All that a target needs before the manifest at the top may be stored. */
export interface CopyPlan {
  /** Each once. */
  readonly blobs: readonly Descriptor[];
  /** In the order in which a registry takes them: what an index names comes before it. The top is not among them. */
  readonly manifests: readonly StoredManifest[];
}

export interface PlanOptions {
  readonly source: ContentSource;
  /** True for a manifest that the target has, and so all that it names. */
  readonly isThere: (digest: Digest) => Promise<boolean>;
  readonly signal?: AbortSignal;
}

const maxNesting = 8;
/** Manifests are held until what they name is there. */
const maxManifests = 64 * 2 ** 20;
const manifestTypes: ReadonlySet<string> = new Set(Object.values(mediaTypes));

/** Finds out what of an image or index is to be copied. @throws OCI_MANIFEST_INVALID, and what reading throws */
export async function planCopy(top: StoredManifest, options: PlanOptions): Promise<CopyPlan> {
  const plan = new Planning(options);
  await plan.visit(top, 0);
  return { blobs: [...plan.blobs.values()], manifests: plan.manifests.slice(0, -1) };
}

class Planning {
  readonly blobs: Map<Digest, Descriptor> = new Map();
  readonly manifests: StoredManifest[] = [];
  readonly #options: PlanOptions;
  readonly #seen: Set<Digest> = new Set();
  #held = 0;

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  async visit(manifest: StoredManifest, depth: number): Promise<void> {
    this.#seen.add(manifest.digest);
    this.#held += manifest.bytes.length;
    if (depth > maxNesting) throw invalid(manifest, 'its indexes are nested too deep');
    if (this.#held > maxManifests) throw invalid(manifest, `its manifests have more than ${maxManifests} bytes`);
    const parsed = parseManifest(manifest.bytes, manifest.digest);
    if (parsed.kind === 'index') for (const entry of parsed.manifests) await this.#enter(entry, depth);
    else for (const blob of [parsed.config, ...parsed.layers]) this.blobs.set(blob.digest, blob);
    this.manifests.push(manifest);
  }

  /** An entry of an unknown kind is a blob like others (image-spec image-index.md, "manifests"). */
  async #enter(entry: Descriptor, depth: number): Promise<void> {
    const { source, isThere, signal } = this.#options;
    if (this.#seen.has(entry.digest)) return;
    if (!manifestTypes.has(entry.mediaType)) {
      this.blobs.set(entry.digest, entry);
      return;
    }
    if (!(await isThere(entry.digest))) await this.visit(await source.manifest(entry, signal), depth + 1);
  }
}

function invalid({ digest }: StoredManifest, reason: string): Error {
  return ociError('OCI_MANIFEST_INVALID', { data: { digest, reason } });
}
