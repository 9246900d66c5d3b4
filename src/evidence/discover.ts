import type { Digest } from '../core/index.ts';
import { type LegacyLayer, legacyMediaTypes } from '../envelope/index.ts';
import { mapPooled } from '../kit/pool.ts';
import { type Descriptor, parseManifest } from '../oci/index.ts';
import { evidenceError } from './errors.ts';
import type { EvidenceSource, LegacySuffix } from './source.ts';

/** One piece of evidence as it lies there; nothing of it was checked. */
export type EvidencePiece =
  /** A Sigstore bundle in a manifest that refers to the image: JSON. */
  | { readonly kind: 'bundle'; readonly manifest: Digest; readonly json: Buffer }
  | { readonly kind: 'legacy'; readonly suffix: LegacySuffix; readonly layer: LegacyLayer };

/** Bundles of version 0.3 and later; cosign leaves out older ones as well. */
const bundleMediaType = /^application\/vnd\.dev\.sigstore\.bundle\.v0\.(3|[4-9])(\.\d+)?\+json$/;
/** As many as cosign reads. */
const maxPieces = 1000;
const maxBlobSize = 128 * 2 ** 20;
const width = 10;

/**
 * The evidence of a manifest in both layouts: bundles first, then what lies under the tags of these suffixes.
 * @throws EVIDENCE_TOO_MUCH, OCI_*
 */
export async function discoverEvidence(
  source: EvidenceSource,
  digest: Digest,
  suffixes: readonly LegacySuffix[] = ['sig', 'att'],
): Promise<EvidencePiece[]> {
  const found = await Promise.all([
    readBundles(source, digest),
    ...suffixes.map((suffix) => readLegacy(source, digest, suffix)),
  ]);
  return found.flat();
}

async function readBundles(source: EvidenceSource, digest: Digest): Promise<EvidencePiece[]> {
  const referrers = await source.referrers(digest);
  assertFew(referrers, digest);
  const read = await mapPooled(referrers, width, (referrer) => readBundle(source, referrer));
  return read.flat();
}

/** A referrer with exactly one layer that is a bundle; others are something else. */
async function readBundle(source: EvidenceSource, referrer: Descriptor): Promise<EvidencePiece[]> {
  const { artifactType, digest } = referrer;
  // A registry that tells the type saves a request for each of the others.
  if (artifactType !== undefined && artifactType !== '' && !mayBeBundle(artifactType)) return [];
  const found = await source.manifest(digest);
  const manifest = found === undefined ? undefined : parseManifest(found.bytes, digest);
  if (manifest?.kind !== 'manifest') return [];
  const [layer, ...more] = manifest.layers;
  if (layer === undefined || more.length > 0 || !bundleMediaType.test(layer.mediaType)) return [];
  return [{ kind: 'bundle', manifest: digest, json: await source.blob(layer, maxBlobSize) }];
}

/** Lists of referrers show the type of the empty configuration for manifests that state none. */
function mayBeBundle(artifactType: string): boolean {
  return artifactType.startsWith('application/vnd.dev.sigstore.bundle') || artifactType.endsWith('.empty.v1+json');
}

async function readLegacy(source: EvidenceSource, digest: Digest, suffix: LegacySuffix): Promise<EvidencePiece[]> {
  const found = await source.legacy(digest, suffix);
  if (found === undefined) return [];
  const manifest = parseManifest(found.bytes, `of the .${suffix}`);
  if (manifest.kind !== 'manifest') return [];
  assertFew(manifest.layers, digest);
  const wanted = suffix === 'sig' ? legacyMediaTypes.signature : legacyMediaTypes.attestation;
  const layers = manifest.layers.filter(({ mediaType }) => mediaType === wanted);
  return mapPooled(layers, width, async (layer) => ({
    kind: 'legacy',
    suffix,
    layer: {
      mediaType: layer.mediaType,
      annotations: layer.annotations ?? {},
      blob: await source.blob(layer, maxBlobSize),
    },
  }));
}

function assertFew(list: readonly unknown[], digest: Digest): void {
  if (list.length > maxPieces) throw evidenceError('EVIDENCE_TOO_MUCH', { data: { digest, limit: maxPieces } });
}
