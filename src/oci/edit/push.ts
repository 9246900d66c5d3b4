import { mapPooled } from '../../kit/pool.ts';
import type { RemoteRepository } from '../client/client.ts';
import { isForeign } from '../copy/foreign.ts';
import type { LayerSource, SealedImage } from './edited.ts';

export interface PushEditedOptions {
  /** Sends layers that their vendor lets only registries of its own give out. */
  readonly allowForeign?: boolean;
  readonly signal?: AbortSignal;
}

const atOnce = 4;

/** Brings an edited image to a repository and stores its manifest under a tag or its digest. @throws OCI_*, NET_* */
export async function pushEdited(
  image: SealedImage,
  target: RemoteRepository,
  reference: string,
  options: PushEditedOptions = {},
): Promise<void> {
  const { signal } = options;
  await pushBlobs(image, target, options);
  const { manifestBytes: bytes, mediaType } = image;
  await target.pushManifest({ reference, bytes, mediaType }, signal);
}

/** Brings the configuration and the layers of an edited image to a repository. @throws OCI_*, NET_* */
export async function pushBlobs(
  image: SealedImage,
  target: RemoteRepository,
  options: PushEditedOptions,
): Promise<void> {
  const { manifest, configBytes } = image;
  const wanted = (manifest.layers ?? []).filter(
    (layer) => options.allowForeign === true || !isForeign(layer.mediaType ?? ''),
  );
  const layers = new Map(wanted.flatMap(({ digest }) => entryOf(image.sources.get(digest))));
  const config = { digest: manifest.config.digest, size: configBytes.length, open: () => configBytes };
  const { signal } = options;
  await mapPooled([...layers.values()], atOnce, (layer) => pushLayer(layer, target, signal));
  await target.pushBlob(config, signal === undefined ? {} : { signal });
}

function entryOf(source: LayerSource | undefined): [string, LayerSource][] {
  return source === undefined ? [] : [[source.digest, source]];
}

async function pushLayer(layer: LayerSource, target: RemoteRepository, signal: AbortSignal | undefined): Promise<void> {
  const { digest, size, home } = layer;
  const { host, repository } = target.place;
  const mountable = home !== undefined && home.host === host && home.repository !== repository;
  await target.pushBlob(
    { digest, size, open: () => layer.open(signal) },
    { ...(mountable && { mountFrom: home.repository }), ...(signal !== undefined && { signal }) },
  );
}
