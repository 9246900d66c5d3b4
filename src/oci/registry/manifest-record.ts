import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, digestHex } from '../../core/index.ts';
import { describeReferrer } from '../referrer.ts';
import { names } from './names.ts';
import type { Storage } from './storage.ts';

/** A manifest as a repository keeps it: one file with the media type, a line feed and the bytes, so that neither is there alone. */
export interface ManifestRecord {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const lineFeed = 10;

/** Undefined when it is not there, or is not what its digest says. */
export async function readManifest(
  storage: Storage,
  repository: string,
  digest: Digest,
): Promise<ManifestRecord | undefined> {
  const record = await storage.read(names.manifest(repository, digest));
  const end = record?.indexOf(lineFeed) ?? -1;
  if (record === undefined || end < 0) return undefined;
  const bytes = record.subarray(end + 1);
  if (createHash(digestAlgorithm(digest)).update(bytes).digest('hex') !== digestHex(digest)) return undefined;
  return { mediaType: record.subarray(0, end).toString('latin1'), bytes };
}

export async function hasManifest(storage: Storage, repository: string, digest: Digest): Promise<boolean> {
  return (await storage.size(names.manifest(repository, digest))) !== undefined;
}

export function writeManifest(
  storage: Storage,
  repository: string,
  digest: Digest,
  { mediaType, bytes }: ManifestRecord,
): Promise<void> {
  return storage.write(names.manifest(repository, digest), Buffer.concat([Buffer.from(`${mediaType}\n`), bytes]));
}

/** What a manifest says it speaks of. */
export function subjectOf(digest: Digest, { mediaType, bytes }: ManifestRecord): Digest | undefined {
  return describeReferrer(bytes, digest, mediaType)?.subject.digest;
}
