import { mapPooled } from '../kit/pool.ts';
import { type Descriptor, parseManifest } from '../oci/index.ts';
import { buildKitAnnotations } from './copy/part.ts';
import { evidenceError } from './errors.ts';
import type { EvidenceSource, StoredManifest } from './source.ts';

/** An SBOM as it lies beside an image; nobody need have signed it. */
export interface FoundSbom {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A statement that BuildKit put into an index; it is not signed. */
export interface BuildStatement {
  readonly predicateType: string;
  readonly bytes: Buffer;
}

const maxBlobSize = 128 * 2 ** 20;
const maxStatements = 1000;
const width = 8;
const statementType = 'application/vnd.in-toto+json';
const sbomTypes = /artifact\.sbom\.|spdx|cyclonedx|syft/i;

/** The SBOMs of an image: those that speak of it, else what cosign's tag holds. @throws OCI_*, NET_* */
export async function readSboms(source: EvidenceSource, { digest }: StoredManifest): Promise<FoundSbom[]> {
  const referrers = (await source.referrers(digest)).filter(({ artifactType = '' }) => sbomTypes.test(artifactType));
  const manifests = await mapPooled(referrers.slice(0, maxStatements), width, (entry) => source.manifest(entry.digest));
  const found = manifests.filter((manifest) => manifest !== undefined);
  const tagged = found.length > 0 ? undefined : await source.legacy(digest, 'sbom');
  const layers = [...found, ...(tagged === undefined ? [] : [tagged])].flatMap(layersOf);
  return mapPooled(layers, width, async (layer) => ({
    mediaType: layer.mediaType,
    bytes: await source.blob(layer, maxBlobSize),
  }));
}

/** What BuildKit attested of the images of an index; of one of them where it is named. @throws EVIDENCE_TOO_MUCH, OCI_*, NET_* */
export async function readBuildStatements(
  source: EvidenceSource,
  image: StoredManifest,
  of?: StoredManifest,
): Promise<BuildStatement[]> {
  const entries = entriesOf(image).filter(
    ({ annotations = {} }) =>
      annotations[buildKitAnnotations.type] === 'attestation-manifest' &&
      (of === undefined || annotations[buildKitAnnotations.digest] === of.digest),
  );
  const manifests = await mapPooled(entries, width, ({ digest }) => source.manifest(digest));
  const layers = manifests.flatMap((manifest) => (manifest === undefined ? [] : layersOf(manifest)));
  const statements = layers.filter(({ mediaType }) => mediaType === statementType);
  if (statements.length > maxStatements) {
    throw evidenceError('EVIDENCE_TOO_MUCH', { data: { digest: image.digest, limit: maxStatements } });
  }
  return mapPooled(statements, width, async (layer) => ({
    predicateType: layer.annotations?.['in-toto.io/predicate-type'] ?? '',
    bytes: await source.blob(layer, maxBlobSize),
  }));
}

function entriesOf({ bytes, digest }: StoredManifest): readonly Descriptor[] {
  const parsed = parseManifest(bytes, digest);
  return parsed.kind === 'index' ? parsed.manifests : [];
}

function layersOf({ bytes, digest }: StoredManifest): readonly Descriptor[] {
  const parsed = parseManifest(bytes, digest);
  return parsed.kind === 'manifest' ? parsed.layers : [];
}
