import { type Digest, formatImageReference, type ImageReference, parseImageReference } from '../../core/index.ts';

/** An image that an object names, with all the places where it does. */
export interface PolicyImage {
  /** As it is written. */
  readonly text: string;
  readonly reference: ImageReference;
  /** JSON pointers (RFC 6901). */
  readonly pointers: readonly string[];
}

/** @throws CORE_REFERENCE_INVALID */
export function makeImage(text: string, pointers: readonly string[]): PolicyImage {
  return { text, pointers, reference: parseImageReference(text.trim()) };
}

/** The tag that counts: `latest` when neither tag nor digest is given. */
export function tagOf({ tag, digest }: ImageReference): string | undefined {
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

/** The name that facts about an image are asked by: its digest, whatever its tag. */
export function nameByDigest({ registry, repository }: ImageReference, digest: Digest): string {
  return formatImageReference({ registry, repository, digest });
}

/** The repository as it was written, without the `library/` that Docker adds. */
export function writtenRepository({ text, reference }: PolicyImage): string {
  const { repository } = reference;
  return text.includes('library/') ? repository : repository.replace(/^library\/(?=[^/]+$)/, '');
}
