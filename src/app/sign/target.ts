import { type Digest, type ImageReference, isAppError, parseImageReference } from '../../core/index.ts';
import { type Descriptor, parseManifest, type RegistryClient, type RemoteRepository } from '../../oci/index.ts';
import { type Artifact, artifactOfDigest } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';

/** An image that evidence is made for. */
export interface ImageTarget {
  /** The repository as signatures name it. */
  readonly name: string;
  readonly subject: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;
}

/** Images that evidence is made for, and where it goes. */
export interface OpenedTarget {
  readonly images: readonly ImageTarget[];
  readonly beside: RemoteRepository;
  /** Where that is, for people. */
  readonly besideName: string;
}

interface TargetWish {
  readonly reference: string;
  readonly repository?: string;
  /** An index and everything that it lists. */
  readonly recursive?: boolean;
  /** An image that is named by its digest need not be there. */
  readonly mayBeAbsent?: boolean;
}

/** How deep indexes may lie in each other, and how many manifests there may be in all. */
const [maxDepth, maxImages] = [8, 10_000];

/** Finds out which images a reference means; a tag is resolved once. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function openTarget(wish: TargetWish, context: AppContext): Promise<OpenedTarget> {
  const client = await context.registry();
  const reference = parseImageReference(wish.reference);
  const place = wish.repository === undefined ? reference : parseImageReference(wish.repository);
  const name = signedName(reference);
  const { subjects, holder } = await findSubjects(client, reference, wish, context.signal);
  const source = client.repository(place);
  return {
    images: subjects.map((subject) => ({ name, subject })),
    beside: place === reference ? await besideOf(holder, source, context) : source,
    besideName: signedName(place),
  };
}

/**
 * Verification looks for evidence where it finds the image. So that is where evidence goes, at a mirror too, unless it only
 * hands out copies.
 */
async function besideOf(
  holder: RemoteRepository | undefined,
  source: RemoteRepository,
  { log, signal }: AppContext,
): Promise<RemoteRepository> {
  if (holder === undefined || isSame(holder.place, source.place)) return source;
  const mirror = holder.place.host;
  if (await holder.takesUploads(signal)) {
    log.info('Evidence goes to the mirror that the image was found at', { mirror });
    return holder;
  }
  log.info('The mirror takes no evidence; it goes where the name says', { mirror, host: source.place.host });
  return source;
}

function isSame(one: RemoteRepository['place'], other: RemoteRepository['place']): boolean {
  return one.host === other.host && one.repository === other.repository;
}

/** A repository as cosign writes it: it calls Docker Hub by its older name. */
function signedName(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}`.replace(/^docker\.io\//, 'index.docker.io/');
}

async function findSubjects(
  client: RegistryClient,
  reference: ImageReference,
  { recursive = false, mayBeAbsent = false }: TargetWish,
  signal: AbortSignal | undefined,
): Promise<{ readonly subjects: ImageTarget['subject'][]; readonly holder?: RemoteRepository }> {
  try {
    const { repository, manifest } = await client.open(reference, signal);
    const { mediaType, digest, bytes } = manifest;
    const first = { mediaType, digest, size: bytes.length };
    const below = recursive ? await listBelow(repository, bytes, digest, { depth: 1, signal }) : [];
    return { subjects: [first, ...below], holder: repository };
  } catch (error) {
    if (!mayBeAbsent || reference.digest === undefined || !isAppError(error, 'OCI_REMOTE_NOT_FOUND')) throw error;
    return { subjects: [{ mediaType: '', digest: reference.digest, size: 0 }] };
  }
}

/** Everything that an index lists, and that indexes in it list, each once. */
async function listBelow(
  repository: RemoteRepository,
  bytes: Uint8Array,
  digest: Digest,
  at: { readonly depth: number; readonly signal: AbortSignal | undefined },
): Promise<ImageTarget['subject'][]> {
  const parsed = parseManifest(bytes, digest);
  if (parsed.kind !== 'index' || at.depth > maxDepth) return [];
  const found: ImageTarget['subject'][] = [];
  for (const child of parsed.manifests.slice(0, maxImages)) {
    const manifest = await repository.manifest(child.digest, at.signal);
    const subject = { mediaType: manifest.mediaType, digest: child.digest, size: manifest.bytes.length };
    found.push(subject, ...(await listBelow(repository, manifest.bytes, child.digest, { ...at, depth: at.depth + 1 })));
  }
  return found;
}

export function artifactOfImage(digest: Digest): Artifact {
  const [algorithm = '', value = ''] = digest.split(':');
  return artifactOfDigest(algorithm === 'sha512' ? 'sha512' : 'sha256', value);
}
