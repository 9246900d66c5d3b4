import { describeError, type ImageReference, isAppError, parseImageReference } from '../core/index.ts';
import { type Image, loadRemote, openImagePath, type Platform, type RegistryClient } from '../oci/index.ts';
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

export interface OpenImageContext {
  /** Called only when a registry is needed. */
  readonly registry: () => Promise<RegistryClient>;
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
  docker: unsupported('docker'),
  containerd: unsupported('containerd'),
  podman: unsupported('podman'),
  remote: async (target, reference, { registry, signal }) => {
    const { openRemoteImage } = await loadRemote();
    return openRemoteImage(await registry(), reference, {
      name: target.reference,
      ...(target.platform !== undefined && { platform: target.platform }),
      ...(signal !== undefined && { signal }),
    });
  },
};

function unsupported(source: ImageSource): Opener {
  return async () => {
    throw targetError('TARGETS_SOURCE_UNSUPPORTED', { data: { source } });
  };
}
