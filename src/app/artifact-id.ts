import { createHash } from 'node:crypto';
import type { Image } from '../oci/index.ts';

/** An image without a name is its id; the same image in two repositories is two artifacts. */
export function artifactIdOf(image: Image): string {
  const repository = image.repoTags[0]?.replace(/:[^/]*$/, '');
  if (repository === undefined) return image.id;
  return `sha256:${createHash('sha256').update(`${image.id}:${repository}`).digest('hex')}`;
}
