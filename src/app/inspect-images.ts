import { type ImageTarget, openImage } from '../targets/index.ts';
import type { AppContext } from './context.ts';
import { describeImage, type InspectedImage } from './inspect/document.ts';

/** What came of one image. */
export type Inspection =
  | { readonly kind: 'found'; readonly image: InspectedImage }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Describes images as `docker inspect` does, one after another; one that cannot be had stops none of the others. */
export async function* inspectImages(
  targets: readonly ImageTarget[],
  context: AppContext,
): AsyncGenerator<Inspection, void, undefined> {
  for (const target of targets) {
    try {
      yield { kind: 'found', image: await inspectOne(target, context) };
    } catch (error) {
      context.signal?.throwIfAborted();
      yield { kind: 'failed', error };
    }
  }
}

async function inspectOne(target: ImageTarget, context: AppContext): Promise<InspectedImage> {
  const image = await openImage(target, context);
  try {
    return describeImage(image);
  } finally {
    await image.close();
  }
}
