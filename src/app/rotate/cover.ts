import { type Digest, isAppError } from '../../core/index.ts';
import { discoverEvidence, listImages, signatureType } from '../../evidence/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import type { VerifyPolicy } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import { type OpenedImage, openImage } from '../verify/opened-image.ts';
import { type CheckedPiece, checkPiece } from '../verify/pieces.ts';
import { toPolicy } from '../verify/policy.ts';
import { type FoundImage, findImages } from './images.ts';
import type { Cover, ImageCover, RotationInput } from './input.ts';

/** The policy of either key. */
interface Policies {
  readonly old: VerifyPolicy;
  readonly new: VerifyPolicy;
}

const width = 4;

/** What two keys cover of the images of all places, in their order. @throws OCI_*, NET_*, DISK_*, TRUST_* */
export async function coverOf(input: RotationInput, context: AppContext): Promise<ImageCover[]> {
  const { oldKey, newKey, places, ...proof } = input;
  const policyOf = (source: RotationInput['oldKey']) =>
    toPolicy({ ...proof, signer: { kind: 'key-source', source } }, context, false);
  const policies: Policies = { old: await policyOf(oldKey), new: await policyOf(newKey) };
  const covers: ImageCover[] = [];
  for (const place of places) {
    const images = await findImages(place, context);
    covers.push(...(await mapPooled(images, width, (image) => coverOfImage(image, policies, context))).flat());
  }
  return eachOnce(covers);
}

/** Indexes may list an image that has a tag, or that another lists too. */
function eachOnce(covers: readonly ImageCover[]): ImageCover[] {
  const known = new Map<string, ImageCover>();
  for (const cover of covers) if (cover.tags.length > 0 || !known.has(cover.name)) known.set(cover.name, cover);
  return [...known.values()];
}

/** What cannot be told of one image is no reason to leave out the others. */
async function coverOfImage(image: FoundImage, policies: Policies, context: AppContext): Promise<ImageCover[]> {
  const { name, tags } = image;
  if ('reason' in image) return [{ name, tags, cover: 'unknown', evidence: [], reason: image.reason }];
  const { digest } = image;
  try {
    context.signal?.throwIfAborted();
    const opened = await openImage(image.place, context);
    const evidence = await judge(opened, digest, policies);
    const listed = await coverOfListed(opened, digest, policies);
    return [{ name, digest, tags, cover: overall(evidence), evidence }, ...listed];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [{ name, digest, tags, cover: 'unknown', evidence: [], reason: error.message }];
  }
}

/** Images that an index lists, where either key covers anything of them: signing with --recursive signs each. */
async function coverOfListed(opened: OpenedImage, index: Digest, policies: Policies): Promise<ImageCover[]> {
  const covers: ImageCover[] = [];
  for (const { digest } of await listImages(opened.images, index)) {
    const evidence = await judge(opened, digest, policies);
    if (evidence.length === 0) continue;
    // A directory has one name for all that is in it.
    const [name, end] = [opened.nameOf(digest), `@${digest}`];
    covers.push({
      name: name.endsWith(end) ? name : `${name}${end}`,
      digest,
      tags: [],
      cover: overall(evidence),
      evidence,
    });
  }
  return covers;
}

async function judge({ evidence }: OpenedImage, digest: Digest, policies: Policies): Promise<ImageCover['evidence']> {
  const pieces = await discoverEvidence(evidence, digest);
  const types = new Map<string, Set<'old' | 'new'>>();
  for (const piece of pieces) {
    for (const key of ['old', 'new'] as const) {
      const type = typeOf(await checkPiece(piece, digest, policies[key]));
      if (type !== undefined) types.set(type, (types.get(type) ?? new Set()).add(key));
    }
  }
  return [...types].map(([type, keys]) => ({ type, cover: keys.size === 2 ? 'both' : ([...keys][0] ?? 'neither') }));
}

/** What a piece that holds is; undefined of one that does not. */
function typeOf({ answer }: CheckedPiece): string | undefined {
  if (answer.outcome === 'not-verified') return undefined;
  const type = answer.statement?.predicateType ?? signatureType;
  return type === signatureType ? 'signature' : type;
}

/** Anything that only the old key covers is lost with it. */
function overall(evidence: ImageCover['evidence']): Cover {
  const order = ['old', 'both', 'new'] as const;
  return order.find((wanted) => evidence.some(({ cover }) => cover === wanted)) ?? 'neither';
}
