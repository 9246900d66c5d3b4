import { dirname } from 'node:path';
import type { Digest } from '../../core/index.ts';
import { makeDirectory, statPath, writeAtomic } from '../../disk/index.ts';
import { blobPath } from '../layout/directory.ts';
import type { Descriptor } from '../manifest.ts';
import type { ContentSource } from '../stored/content.ts';

export const readableFile = 0o644;
export const readableDirectory = 0o755;

/** Puts a blob into a layout, whole or not at all; one of the right size that is there is left. @throws DISK_UNWRITABLE, OCI_* */
export async function writeLayoutBlob(
  root: string,
  blob: Descriptor,
  source: ContentSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = blobPath(root, blob.digest);
  const found = await statPath(path);
  if (found?.kind === 'file' && found.size === blob.size) return;
  await makeDirectory(dirname(path), readableDirectory);
  await writeAtomic(path, source.stream(blob, signal), { mode: readableFile });
}

/** As `writeLayoutBlob`, of bytes that were checked. */
export async function writeLayoutBytes(root: string, digest: Digest, bytes: Uint8Array): Promise<void> {
  const path = blobPath(root, digest);
  await makeDirectory(dirname(path), readableDirectory);
  await writeAtomic(path, bytes, { mode: readableFile });
}
