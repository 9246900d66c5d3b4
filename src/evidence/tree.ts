import type { Digest } from '../core/index.ts';
import { type Descriptor, parseManifest } from '../oci/index.ts';
import { gatherParts } from './copy/gather.ts';
import { platformText } from './copy/outcome.ts';
import type { Part, PartKind } from './copy/part.ts';
import type { EvidenceSource, StoredManifest } from './source.ts';

/** A manifest that belongs to an image, with what belongs to it. */
export interface EvidenceNode {
  readonly kind: PartKind;
  readonly digest: Digest;
  readonly mediaType: string;
  readonly tag?: string;
  readonly platform?: string;
  readonly type?: string;
  readonly layers: readonly NodeLayer[];
  readonly children: readonly EvidenceNode[];
}

export interface NodeLayer {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  /** Of a statement, where the manifest tells it. */
  readonly predicateType?: string;
}

/** All that belongs to an image, each under what it speaks of. @throws EVIDENCE_TOO_MUCH, OCI_*, NET_* */
export async function readEvidenceTree(source: EvidenceSource, image: StoredManifest): Promise<EvidenceNode> {
  const { parts } = await gatherParts(source, image);
  const below = Map.groupBy(parts.slice(1), parentsOf(parts));
  const toNode = (part: Part): EvidenceNode => describe(part, (below.get(part) ?? []).map(toNode));
  return toNode(parts[0] as Part);
}

/**
 * What each part stands under. What BuildKit attested is put under its image only when that is beside it, and a digest that is
 * met twice counts where it was met first: whatever an index or a tag claims, the tree has no loops.
 */
function parentsOf(parts: readonly Part[]): (part: Part) => Part {
  const first = new Map(parts.toReversed().map((part) => [part.manifest.digest, part]));
  return ({ speaksOf, of }) => {
    const image = speaksOf === undefined ? undefined : first.get(speaksOf);
    const isBeside = image !== undefined && image.of === of && image.speaksOf === undefined;
    return (isBeside ? image : first.get(of as Digest)) as Part;
  };
}

function describe(part: Part, children: readonly EvidenceNode[]): EvidenceNode {
  const { kind, manifest, tag, platform, type } = part;
  const parsed = parseManifest(manifest.bytes, manifest.digest);
  return {
    kind,
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    ...(tag !== undefined && { tag }),
    ...(platform !== undefined && { platform: platformText(platform) }),
    ...(type !== undefined && type !== '' && { type }),
    layers: parsed.kind === 'manifest' ? parsed.layers.map(toLayer) : [],
    children,
  };
}

function toLayer({ digest, mediaType, size, annotations = {} }: Descriptor): NodeLayer {
  const predicateType = annotations['predicateType'] ?? annotations['in-toto.io/predicate-type'];
  return { digest, mediaType, size, ...(predicateType !== undefined && { predicateType }) };
}
