import { type Digest, isDigest } from '../../core/index.ts';
import type { Descriptor } from '../../oci/index.ts';
import { type LegacySuffix, legacySuffixes, legacyTag } from '../source.ts';

/** What `cosign save` notes of each entry of index.json, and what the OCI names them by. */
export const entryAnnotations = { kind: 'kind', name: 'org.opencontainers.image.ref.name' } as const;

/** Values of the annotation `kind`. */
export const entryKinds = {
  image: 'dev.cosignproject.cosign/image',
  index: 'dev.cosignproject.cosign/imageIndex',
  sig: 'dev.cosignproject.cosign/sigs',
  att: 'dev.cosignproject.cosign/atts',
} as const;

/** The name of an entry, without a repository where one stands before it. */
export function entryName({ annotations }: Descriptor): string | undefined {
  const name = annotations?.[entryAnnotations.name];
  return name?.includes(':') && !isDigest(name) ? name.slice(name.lastIndexOf(':') + 1) : name;
}

/** Entries that may be images: not those that hold signatures, SBOMs, or the list of referrers. */
export function imageEntries(entries: readonly Descriptor[]): readonly Descriptor[] {
  return entries.filter((entry) => {
    const kind = entry.annotations?.[entryAnnotations.kind];
    if (kind === entryKinds.sig || kind === entryKinds.att) return false;
    return !/^sha(256|384|512)-[0-9a-f]{64,128}(\.(sig|att|sbom))?$/.test(entryName(entry) ?? '');
  });
}

/** The entry of an image's evidence in cosign's older layout; `kind` tells it of the only image that a directory was saved for. */
export function legacyEntry(
  entries: readonly Descriptor[],
  digest: Digest,
  suffix: LegacySuffix,
  saved: Digest,
): Descriptor | undefined {
  const named = entries.find((entry) => entryName(entry) === legacyTag(digest, suffix));
  if (named !== undefined || digest !== saved || suffix === 'sbom') return named;
  return entries.find((entry) => entry.annotations?.[entryAnnotations.kind] === entryKinds[suffix] && isUnnamed(entry));
}

function isUnnamed(entry: Descriptor): boolean {
  const name = entryName(entry);
  return name === undefined || !legacySuffixes.some((suffix) => name.endsWith(`.${suffix}`));
}
