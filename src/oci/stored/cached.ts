import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Digest, digestAlgorithm, digestHex } from '../../core/index.ts';
import { statPath, streamFile, writeAtomic } from '../../disk/index.ts';
import type { Descriptor } from '../manifest.ts';
import type { ContentSource } from './content.ts';

/** A source whose layers are kept in a directory, by their digests as crane keeps them. */
export function cachedSource(source: ContentSource, directory: string): ContentSource {
  return { ...source, stream: (blob, signal) => streamKept(blob, source, directory, signal) };
}

async function* streamKept(
  blob: Descriptor,
  source: ContentSource,
  directory: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const path = join(directory, blob.digest);
  if (!(await isKept(path, blob))) await writeAtomic(path, source.stream(blob, signal));
  yield* streamFile(path, signal === undefined ? {} : { signal });
}

/** What another program has left there, or begun, is not taken for the layer. */
async function isKept(path: string, { digest, size }: Descriptor): Promise<boolean> {
  if ((await statPath(path))?.size !== size) return false;
  return (await hashFile(path, digest)) === digestHex(digest);
}

async function hashFile(path: string, digest: Digest): Promise<string> {
  const hash = createHash(digestAlgorithm(digest));
  for await (const chunk of streamFile(path)) hash.update(chunk);
  return hash.digest('hex');
}
