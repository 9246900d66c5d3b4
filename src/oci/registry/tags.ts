import { type Digest, isDigest } from '../../core/index.ts';
import { names } from './names.ts';
import type { Storage } from './storage.ts';

/** The digest that a tag or digest leads to; whether there is such a manifest is another question. */
export async function resolveReference(
  storage: Storage,
  repository: string,
  reference: string,
): Promise<Digest | undefined> {
  if (isDigest(reference)) return reference;
  const digest = (await storage.read(names.tag(repository, reference)))?.toString('latin1') ?? '';
  return isDigest(digest) ? digest : undefined;
}

export function writeTag(storage: Storage, repository: string, tag: string, digest: Digest): Promise<void> {
  return storage.write(names.tag(repository, tag), Buffer.from(digest));
}

export async function removeTagsOf(storage: Storage, repository: string, digest: Digest): Promise<void> {
  for (const tag of await storage.list(names.tags(repository))) {
    if ((await resolveReference(storage, repository, tag)) === digest) await storage.remove(names.tag(repository, tag));
  }
}
