import { describeError, type ImageReference, isAppError, parseImageReference } from '../core/index.ts';
import {
  type Image,
  loadLocalStores,
  loadRemote,
  openImagePath,
  type Platform,
  type RegistryClient,
} from '../oci/index.ts';
import { targetError } from './errors.ts';
import type { ImageSource } from './source.ts';

export type ImageTarget =
  | {
      readonly kind: 'archive';
      /** A layout or archive; behind it may stand `:tag` or `@digest`. */
      readonly path: string;
      readonly platform?: Platform;
    }
  | {
      readonly kind: 'reference';
      readonly reference: string;
      /** Tried in this order. */
      readonly sources: readonly ImageSource[];
      readonly platform?: Platform;
    };

export interface DaemonAccess {
  /** Holds DOCKER_HOST, CONTAINER_HOST and their like. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** When given, no other host is contacted. */
  readonly allowedHosts?: readonly string[];
}

export interface OpenImageContext {
  /** Called only when a registry is needed. */
  readonly registry: () => Promise<RegistryClient>;
  /** How daemons of this machine are reached; without it none is looked for. */
  readonly daemons?: DaemonAccess;
  readonly signal?: AbortSignal;
}

/** Opens an image. @throws TARGETS_IMAGE_UNAVAILABLE, CORE_REFERENCE_INVALID, OCI_*, DISK_*, CODEC_* */
export async function openImage(target: ImageTarget, context: OpenImageContext): Promise<Image> {
  return target.kind === 'archive'
    ? openImagePath(target.path, target.platform)
    : openReference(target, parseImageReference(target.reference), context);
}

type ReferenceTarget = ImageTarget & { kind: 'reference' };

/** The first source that has the image; when none has, the reasons of all. */
async function openReference(
  target: ReferenceTarget,
  reference: ImageReference,
  context: OpenImageContext,
): Promise<Image> {
  const failures: { readonly source: ImageSource; readonly error: unknown }[] = [];
  for (const source of target.sources) {
    try {
      return await openers[source](target, reference, context);
    } catch (error) {
      context.signal?.throwIfAborted();
      failures.push({ source, error });
    }
  }
  const reasons =
    failures.map(({ source, error }) => `${source}: ${describeError(error)}`).join('; ') || 'none was asked';
  const codes = failures.map(({ error }) => (isAppError(error) ? error.code : 'unknown')).join(' ');
  throw targetError('TARGETS_IMAGE_UNAVAILABLE', {
    data: { reference: target.reference, reasons, codes },
    cause: failures.at(-1)?.error,
  });
}

type Opener = (target: ReferenceTarget, reference: ImageReference, context: OpenImageContext) => Promise<Image>;

const openers: Readonly<Record<ImageSource, Opener>> = {
  docker: openFromDaemon('docker'),
  podman: openFromDaemon('podman'),
  containerd: async (target, reference, context) => {
    const { openContainerdImage } = await loadLocalStores();
    return openContainerdImage(reference, { ...wishOf(target), ...accessOf('containerd', context) });
  },
  remote: async (target, reference, { registry, signal }) => {
    const { openRemoteImage } = await loadRemote();
    const options = { ...wishOf(target), ...(signal !== undefined && { signal }) };
    return openRemoteImage(await registry(), reference, options);
  },
};

function openFromDaemon(daemon: 'docker' | 'podman'): Opener {
  return async (target, reference, context) => {
    const { openDaemonImage } = await loadLocalStores();
    const { signal } = context;
    const options = { ...wishOf(target), ...accessOf(daemon, context), ...(signal !== undefined && { signal }) };
    return openDaemonImage(daemon, reference, options);
  };
}

function wishOf({ reference, platform }: ReferenceTarget): { name: string; platform?: Platform } {
  return { name: reference, ...(platform !== undefined && { platform }) };
}

function accessOf(source: ImageSource, { daemons }: OpenImageContext): DaemonAccess {
  if (daemons !== undefined) return daemons;
  throw targetError('TARGETS_SOURCE_UNASKED', { data: { source } });
}
