import { statPath } from '../disk/index.ts';
import { directoryBlobs, type Image, openLayoutImage, type Platform } from '../oci/index.ts';

export interface ImageTarget {
  /** Path of an archive or layout, optionally with `:tag` or `@digest` behind a layout directory. */
  readonly input: string;
  readonly platform?: Platform;
}

/** Opens an image from a path. @throws OCI_*, DISK_* */
export async function openImage(target: ImageTarget): Promise<Image> {
  await statPath(target.input);
  const { platform } = target;
  return openLayoutImage(target.input, directoryBlobs(target.input), platform === undefined ? {} : { platform });
}
