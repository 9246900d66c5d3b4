import { type Digest, formatImageReference, isAppError, parseImageReference } from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import type { AppContext } from '../context.ts';
import { tagsOf } from '../images/reading.ts';
import type { ImageEvidencePlace } from '../verify/input.ts';
import { openImage } from '../verify/opened-image.ts';
import type { RotationPlace } from './input.ts';

/** An image under all its tags, or one that cannot be had. */
export type FoundImage = { readonly name: string; readonly tags: readonly string[] } & (
  | { readonly digest: Digest; readonly place: ImageEvidencePlace }
  | { readonly reason: string }
);

const width = 8;

/** The images of a place, each once; those of a repository by the first of their tags. @throws OCI_*, NET_*, DISK_* */
export async function findImages(place: RotationPlace, context: AppContext): Promise<FoundImage[]> {
  if (place.kind === 'directory') return [await findOne(place, [], context)];
  const { tag, digest } = parseImageReference(place.reference);
  if (tag !== undefined || digest !== undefined) return [await findOne(place, tag === undefined ? [] : [tag], context)];
  const tags: string[] = [];
  for await (const name of tagsOf({ repository: place.reference, omitDigestTags: true }, context)) tags.push(name);
  const found = await mapPooled(tags.sort(), width, (name) =>
    findOne({ ...place, reference: `${place.reference}:${name}` }, [name], context),
  );
  return byDigest(found);
}

async function findOne(place: ImageEvidencePlace, tags: readonly string[], context: AppContext): Promise<FoundImage> {
  const name = place.kind === 'directory' ? place.path : place.reference;
  try {
    context.signal?.throwIfAborted();
    const { digest, nameOf } = await openImage(place, context);
    return { name: nameOf(digest), tags, digest, place: byItsDigest(place, digest) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { name, tags, reason: error.message };
  }
}

/** A tag may lead elsewhere a moment later. */
function byItsDigest(place: ImageEvidencePlace, digest: Digest): ImageEvidencePlace {
  if (place.kind === 'directory') return place;
  const { registry, repository } = parseImageReference(place.reference);
  return { ...place, reference: formatImageReference({ registry, repository, digest }) };
}

function byDigest(images: readonly FoundImage[]): FoundImage[] {
  const known = new Map<string, FoundImage>();
  for (const image of images) {
    const before = known.get(image.name);
    known.set(image.name, before === undefined ? image : { ...before, tags: [...before.tags, ...image.tags] });
  }
  return [...known.values()];
}
