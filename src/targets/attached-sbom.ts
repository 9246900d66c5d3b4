import { type Digest, digestHex, type ImageReference, isAppError, parseImageReference } from '../core/index.ts';
import {
  choosePlatform,
  type Descriptor,
  type Platform,
  parseManifest,
  type RegistryClient,
  type RemoteRepository,
} from '../oci/index.ts';
import { targetError } from './errors.ts';

/** A document beside an image that may be its SBOM. */
interface AttachedDocument {
  /** Where it lies, for example `registry.example.com/app@sha256:…`. */
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
}

export interface AttachedOptions {
  readonly registry: () => Promise<RegistryClient>;
  readonly platform?: Platform;
  /** Bytes of the largest document that is read. */
  readonly maxSize: number;
  readonly signal?: AbortSignal;
}

/** The first document beside an image that `accepts` takes for an SBOM. @throws TARGETS_SBOM_MISSING, CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function readAttachedSbom(
  image: string,
  options: AttachedOptions,
  accepts: (bytes: Uint8Array) => boolean,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  for await (const { name, read } of findDocuments(image, options)) {
    const bytes = await read();
    if (accepts(bytes)) return { name, bytes };
  }
  throw targetError('TARGETS_SBOM_MISSING', { data: { image } });
}

/**
 * What a registry keeps beside an image that may be its SBOM, the likeliest first: referrers (distribution-spec,
 * "Listing Referrers"), cosign's attestations and SBOMs under tags, attestations that BuildKit puts into the index. No
 * signature is looked at.
 */
async function* findDocuments(
  name: string,
  options: AttachedOptions,
): AsyncGenerator<AttachedDocument, void, undefined> {
  const reference = parseImageReference(name);
  const client = await options.registry();
  const { repository, manifest } = await client.open(reference, options.signal);
  const search = { reference, repository, options };
  const parsed = parseManifest(manifest.bytes, manifest.digest);
  const chosen = parsed.kind === 'index' ? choosePlatform(parsed.manifests, options.platform).digest : undefined;
  const subjects = [...(chosen === undefined ? [] : [chosen]), manifest.digest];
  for (const subject of subjects) yield* referrersOf(subject, search);
  for (const subject of subjects) yield* taggedOf(subject, search);
  if (parsed.kind === 'index' && chosen !== undefined) yield* buildAttestationsOf(parsed.manifests, chosen, search);
}

interface Search {
  readonly reference: ImageReference;
  readonly repository: RemoteRepository;
  readonly options: AttachedOptions;
}

/** Media types of SBOMs, and of the envelopes they come in. */
const documentTypes: ReadonlySet<string> = new Set([
  'application/vnd.cyclonedx+json',
  'application/vnd.cyclonedx+xml',
  'application/vnd.cyclonedx',
  'application/spdx+json',
  'text/spdx',
  'text/spdx+json',
  'application/vnd.in-toto+json',
  'application/vnd.dsse.envelope.v1+json',
]);

function isDocument({ mediaType, annotations = {} }: Descriptor): boolean {
  const isBundle = mediaType.startsWith('application/vnd.dev.sigstore.bundle');
  if (!isBundle && !documentTypes.has(mediaType)) return false;
  const predicate =
    annotations['predicateType'] ??
    annotations['in-toto.io/predicate-type'] ??
    annotations['dev.sigstore.bundle.predicateType'];
  return predicate === undefined || /^https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/bom)/.test(predicate);
}

/** Manifests whose subject is this one, the latest first, since lists grow at their end. */
async function* referrersOf(subject: Digest, search: Search): AsyncGenerator<AttachedDocument, void, undefined> {
  const { signal } = search.options;
  const { descriptors } = await search.repository.referrers(subject, signal === undefined ? {} : { signal });
  for (const { digest } of descriptors.slice(-maxReferrers).reverse()) yield* documentsIn(digest, search);
}

/** Images have a handful; each costs requests. */
const maxReferrers = 100;

/** cosign's tags (cosign SBOM_SPEC.md, SPEC.md). */
async function* taggedOf(subject: Digest, search: Search): AsyncGenerator<AttachedDocument, void, undefined> {
  for (const suffix of ['att', 'sbom']) yield* documentsIn(`sha256-${digestHex(subject)}.${suffix}`, search);
}

/** BuildKit's manifests of attestations stand in the index, each for one image (buildkit, "Attestation storage"). */
async function* buildAttestationsOf(
  manifests: readonly Descriptor[],
  subject: Digest,
  search: Search,
): AsyncGenerator<AttachedDocument, void, undefined> {
  for (const { digest, annotations = {} } of manifests) {
    if (annotations['vnd.docker.reference.type'] !== 'attestation-manifest') continue;
    if (annotations['vnd.docker.reference.digest'] === subject) yield* documentsIn(digest, search);
  }
}

async function* documentsIn(wanted: string, search: Search): AsyncGenerator<AttachedDocument, void, undefined> {
  const manifest = await readManifest(wanted, search);
  if (manifest?.kind !== 'manifest') return;
  const { registry, repository: name } = search.reference;
  const { maxSize, signal } = search.options;
  for (const layer of manifest.layers.filter(isDocument)) {
    yield {
      name: `${registry}/${name}@${layer.digest}`,
      read: () => search.repository.readBlob(layer, maxSize, signal),
    };
  }
}

/** Undefined where there is none. */
async function readManifest(
  wanted: string,
  { repository, options }: Search,
): Promise<ReturnType<typeof parseManifest> | undefined> {
  try {
    const { bytes, digest } = await repository.manifest(wanted, options.signal);
    return parseManifest(bytes, digest);
  } catch (error) {
    if (isAppError(error, 'OCI_REMOTE_NOT_FOUND')) return undefined;
    throw error;
  }
}
