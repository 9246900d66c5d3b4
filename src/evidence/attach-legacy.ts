import type { Digest } from '../core/index.ts';
import type { LegacyLayer } from '../envelope/index.ts';
import { type Descriptor, parseManifest, type RemoteRepository } from '../oci/index.ts';
import { evidenceError } from './errors.ts';
import { type AttachOptions, ociConfigType, ociManifestType, pushBytes } from './push.ts';
import { type LegacySuffix, legacyTag } from './source.ts';

/** A signature or attestation that is to lie under an image's tag of the older layout. */
export interface LegacyAttachment {
  readonly image: Digest;
  readonly suffix: LegacySuffix;
  readonly layers: readonly LegacyLayer[];
  /** The moment that the manifest states; the beginning of time unless given, so that the same layers are the same manifest. */
  readonly created?: Date;
  /** True for a layer that is there and says what `added` says; it stays in its place. */
  readonly repeats?: (there: Descriptor, added: LegacyLayer) => Promise<boolean>;
  /** True for a layer that goes, for instance the attestation that the new one replaces. */
  readonly drops?: (there: Descriptor) => Promise<boolean>;
}

const noTime = '0001-01-01T00:00:00Z';
/** As many as cosign reads. */
const maxLayers = 1000;

/**
 * Adds layers to those under an image's tag; signers at the same time lose nothing. @throws EVIDENCE_TOO_MUCH,
 * OCI_REFERRERS_CONTENDED, OCI_*, NET_*
 */
export async function attachLegacy(
  repository: RemoteRepository,
  attachment: LegacyAttachment,
  options: AttachOptions = {},
): Promise<void> {
  const { image, suffix, layers, created } = attachment;
  const added = await Promise.all(layers.map((layer) => pushLayer(repository, layer, options)));
  const change = async (bytes: Buffer | undefined) => {
    const there = bytes === undefined ? [] : layersOf(bytes, legacyTag(image, suffix));
    const next = await merge(there, added, attachment);
    if (next === undefined) return undefined;
    if (next.length > maxLayers)
      throw evidenceError('EVIDENCE_TOO_MUCH', { data: { digest: image, limit: maxLayers } });
    const config = await pushBytes(repository, makeConfig(next, created), ociConfigType, options);
    const manifest = { schemaVersion: 2, mediaType: ociManifestType, config, layers: next };
    return { bytes: Buffer.from(JSON.stringify(manifest)), mediaType: ociManifestType };
  };
  await repository.changeTag(legacyTag(image, suffix), change, options.signal);
}

interface AddedLayer {
  readonly layer: LegacyLayer;
  readonly descriptor: Descriptor;
}

async function pushLayer(
  repository: RemoteRepository,
  layer: LegacyLayer,
  options: AttachOptions,
): Promise<AddedLayer> {
  const { blob, mediaType, annotations } = layer;
  return { layer, descriptor: { ...(await pushBytes(repository, blob, mediaType, options)), annotations } };
}

function layersOf(bytes: Buffer, tag: string): readonly Descriptor[] {
  const manifest = parseManifest(bytes, tag);
  return manifest.kind === 'manifest' ? manifest.layers : [];
}

/** The layers that are to be there; undefined when all of it is so already. */
async function merge(
  there: readonly Descriptor[],
  added: readonly AddedLayer[],
  { repeats = async () => false, drops = async () => false }: LegacyAttachment,
): Promise<Descriptor[] | undefined> {
  const isAdded = (one: Descriptor): boolean => added.some(({ descriptor }) => isSame(one, descriptor));
  const kept: Descriptor[] = [];
  for (const one of there) if (isAdded(one) || !(await drops(one))) kept.push(one);
  const missing: Descriptor[] = [];
  for (const { layer, descriptor } of added) {
    if (!(await holds(kept, descriptor, (one) => repeats(one, layer)))) missing.push(descriptor);
  }
  if (missing.length === 0 && kept.length === there.length) return undefined;
  return [...kept, ...missing];
}

async function holds(
  layers: readonly Descriptor[],
  wanted: Descriptor,
  repeats: (there: Descriptor) => Promise<boolean>,
): Promise<boolean> {
  for (const one of layers) if (isSame(one, wanted) || (await repeats(one))) return true;
  return false;
}

function isSame(a: Descriptor, b: Descriptor): boolean {
  const [first, second] = [a.annotations ?? {}, b.annotations ?? {}];
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return (
    a.digest === b.digest && a.mediaType === b.mediaType && [...names].every((name) => first[name] === second[name])
  );
}

/** A configuration as an image has one; layers are not packed, so their digests are those of their content. */
export function makeConfig(layers: readonly Descriptor[], created: Date | undefined): Buffer {
  const time = created === undefined ? noTime : `${created.toISOString().slice(0, 19)}Z`;
  const config = {
    architecture: '',
    created: time,
    history: layers.map(() => ({ created: noTime })),
    os: '',
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    config: {},
  };
  return Buffer.from(JSON.stringify(config));
}
