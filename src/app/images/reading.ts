import {
  type Digest,
  formatImageReference,
  type ImageReference,
  isAppError,
  parseImageReference,
} from '../../core/index.ts';
import { loadMoving, type StoredContent, type StoredImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageChoice, TagsInput } from './input.ts';

/** @throws OCI_*, NET_* */
export async function digestOf({ reference, platform }: ImageChoice, context: AppContext): Promise<Digest> {
  const parsed = parseImageReference(reference);
  const registry = await context.registry();
  if (platform !== undefined) return (await openOneImage({ reference, platform }, context)).manifest.digest;
  try {
    return await registry.resolve(parsed, context.signal);
  } catch (error) {
    // Some registries answer GET only.
    if (!isAppError(error, 'OCI_REGISTRY_REFUSED')) throw error;
    context.log.warn('HEAD failed, and GET is tried', { reference: formatImageReference(parsed) });
    return (await registry.open(parsed, context.signal)).manifest.digest;
  }
}

/** @throws OCI_*, NET_* */
export async function manifestOf(choice: ImageChoice, context: AppContext): Promise<Uint8Array> {
  return (await openAsked(choice, context)).manifest.bytes;
}

/** @throws OCI_*, NET_* */
export async function configOf(choice: ImageChoice, context: AppContext): Promise<Uint8Array> {
  const { source, parsed } = await openOneImage(choice, context);
  const { maxConfigSize } = await loadMoving();
  return source.read(parsed.config, maxConfigSize, context.signal);
}

/** What a reference means; with a platform one image of it. */
export function openAsked(choice: ImageChoice, context: AppContext): Promise<StoredContent> {
  return choice.platform === undefined ? openContent(choice.reference, context) : openOneImage(choice, context);
}

/** One image, chosen by platform. */
export async function openOneImage({ reference, platform }: ImageChoice, context: AppContext): Promise<StoredImage> {
  const { chooseImage } = await loadMoving();
  return chooseImage(await openContent(reference, context), platform, context.signal);
}

/** What a reference means: an image or an index. */
export async function openContent(reference: string, context: AppContext): Promise<StoredContent> {
  const { openRemoteContent } = await loadMoving();
  return openRemoteContent(await context.registry(), parseImageReference(reference), context.signal);
}

/** Names as they come, from the first mirror that lists any, or the source. @throws OCI_*, NET_* */
export async function* tagsOf({ repository, omitDigestTags }: TagsInput, context: AppContext): AsyncGenerator<string> {
  const registry = await context.registry();
  const pages = await registry.ask(toRepository(repository), async (place) => begin(place.tags(listing(context))));
  for await (const tag of pages) if (!omitDigestTags || !tag.startsWith('sha256-')) yield tag;
}

/** Asks for the first one, so that a place without an answer is known before anything is given out. */
async function begin(names: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const iterator = names[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  })();
}

/** @throws OCI_*, NET_* */
export async function* repositoriesOf(registry: string, context: AppContext): AsyncGenerator<string> {
  // As a name of its own a host is known by a dot or a port.
  const host = parseImageReference(`${registry}/name`).registry;
  yield* (await context.registry()).catalog(host, listing(context));
}

const pageSize = 1000;

function listing({ signal }: AppContext): { readonly pageSize: number; readonly signal?: AbortSignal } {
  return { pageSize, ...(signal !== undefined && { signal }) };
}

function toRepository(name: string): ImageReference {
  const { registry, repository } = parseImageReference(name);
  return { registry, repository };
}
