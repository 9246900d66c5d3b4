import { join } from 'node:path';
import { type Digest, isAppError } from '../../core/index.ts';
import { statPath, writeAtomic } from '../../disk/index.ts';
import {
  blobPath,
  type Descriptor,
  describeReferrer,
  directoryBlobs,
  mediaTypes,
  parseManifest,
} from '../../oci/index.ts';
import type { EvidenceTarget } from '../copy/target.ts';
import { layoutInvalid } from '../errors.ts';
import type { StoredManifest } from '../source.ts';
import { entryAnnotations, entryKinds, entryName } from './entries.ts';
import { scanReferrers } from './referrers.ts';

export interface LayoutTargetOptions {
  /** Names the kinds of entries as `cosign save` does and drops what the directory listed before. */
  readonly saved?: Digest;
}

/** An OCI layout in a directory, which is made when it is not there. @throws EVIDENCE_LAYOUT_INVALID, DISK_* */
export async function layoutTarget(path: string, { saved }: LayoutTargetOptions = {}): Promise<EvidenceTarget> {
  const entries = saved === undefined ? await readEntries(path) : [];
  let scanned: ReturnType<typeof scanReferrers> | undefined;
  const hasBlob = async (digest: Digest): Promise<boolean> => (await statPath(blobPath(path, digest)))?.kind === 'file';
  return {
    digestOf: async (reference) => {
      const named = entries.find((entry) => entryName(entry) === reference)?.digest;
      const digest = named ?? (reference as Digest);
      return reference.includes(':') || named !== undefined
        ? (await hasBlob(digest))
          ? digest
          : undefined
        : undefined;
    },
    referrers: async (subject) => {
      scanned ??= scanReferrers(path);
      const digests = ((await scanned).get(subject) ?? []).map(({ digest }) => digest);
      return { digests, by: 'layout' };
    },
    putBlob: async ({ digest }, open) => {
      if (await hasBlob(digest)) return 'present';
      await writeAtomic(blobPath(path, digest), open(), { mode: publicFile });
      return 'pushed';
    },
    putManifest: async (manifest, tag) => {
      scanned = undefined;
      await writeAtomic(blobPath(path, manifest.digest), manifest.bytes, { mode: publicFile });
      const entry = toEntry(manifest, { tag, saved, isImage: false });
      if (entry !== undefined) place(entries, entry);
    },
    finish: async (image, tag) => {
      place(entries, toEntry(image, { tag, saved, isImage: true }) as Descriptor);
      await writeAtomic(join(path, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}\n', { mode: publicFile });
      const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries };
      await writeAtomic(join(path, 'index.json'), JSON.stringify(index, undefined, 3), { mode: publicFile });
    },
  };
}

const publicFile = 0o644;

async function readEntries(path: string): Promise<Descriptor[]> {
  try {
    const bytes = Buffer.from(await directoryBlobs(path).readIndex());
    if (parseManifest(bytes, 'index.json').kind !== 'index') throw layoutInvalid(path, 'its index.json is none');
    // As they are written, with what is not read.
    return JSON.parse(bytes.toString('utf8')).manifests;
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) return [];
    throw error;
  }
}

interface Naming {
  readonly tag: string | undefined;
  readonly saved: Digest | undefined;
  readonly isImage: boolean;
}

/** What index.json says of a manifest; nothing of those that only an index names. */
function toEntry(manifest: StoredManifest, { tag, saved, isImage }: Naming): Descriptor | undefined {
  const { bytes, digest, mediaType } = manifest;
  const artifactType = describeReferrer(bytes, digest, mediaType)?.descriptor.artifactType;
  const kind = saved === undefined ? undefined : kindOf(manifest, tag, saved);
  if (tag === undefined && artifactType === undefined && kind === undefined && !isImage) return undefined;
  const annotations = {
    ...(kind !== undefined && { [entryAnnotations.kind]: kind }),
    ...(tag !== undefined && { [entryAnnotations.name]: tag }),
  };
  return {
    mediaType,
    size: bytes.length,
    digest,
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(artifactType !== undefined && { artifactType }),
  };
}

function kindOf({ digest, mediaType }: StoredManifest, tag: string | undefined, saved: Digest): string | undefined {
  if (digest === saved) return /index|list/.test(mediaType) ? entryKinds.index : entryKinds.image;
  const suffix = tag?.startsWith(saved.replace(':', '-')) ? tag.split('.').at(-1) : undefined;
  return suffix === 'sig' || suffix === 'att' ? entryKinds[suffix] : undefined;
}

/** A name means one thing. */
function place(entries: Descriptor[], entry: Descriptor): void {
  const name = entryName(entry);
  const at = entries.findIndex((other) =>
    name === undefined ? other.digest === entry.digest : entryName(other) === name,
  );
  if (at < 0) entries.push(entry);
  else entries[at] = entry;
}
