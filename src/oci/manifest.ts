import { type Digest, isDigest } from '../core/index.ts';
import { ociError } from './errors.ts';

/** image-spec descriptor.md. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
}

/** image-spec manifest.md, and Docker's schema 2 manifest of the same shape. */
export interface Manifest {
  readonly kind: 'manifest';
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly artifactType?: string;
  /** What this manifest speaks of. */
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** image-spec image-index.md, and Docker's manifest list. */
export interface Index {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
  readonly artifactType?: string;
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

/** Bytes of the largest manifest or index that is read (distribution-spec asks registries to accept 4 MiB). */
export const maxManifestSize: number = 4 * 2 ** 20;

const maxDescriptors = 10_000;

/** Reads a manifest or an index. `digest` is for messages only. @throws OCI_MANIFEST_INVALID */
export function parseManifest(bytes: Uint8Array, digest: string): Manifest | Index {
  const fail = (reason: string): never => {
    throw ociError('OCI_MANIFEST_INVALID', { data: { digest, reason } });
  };
  const json = parseObject(bytes) ?? fail('it is not a JSON object');
  if (json['schemaVersion'] !== 2) fail(`schemaVersion is ${String(json['schemaVersion'])}, not 2`);
  const manifests = isEmptyIndex(json) ? [] : json['manifests'];
  if (Array.isArray(manifests)) {
    return { kind: 'index', manifests: parseDescriptors(manifests, fail), ...parseShared(json, fail) };
  }
  if (!Array.isArray(json['layers'])) fail('it has neither manifests nor layers');
  return {
    kind: 'manifest',
    config: parseDescriptor(json['config'], fail),
    layers: parseDescriptors(json['layers'] as unknown[], fail),
    ...parseShared(json, fail),
  };
}

/** Programs in Go write null for the list of an index that has lost all its entries. */
function isEmptyIndex({ manifests, mediaType }: Record<string, unknown>): boolean {
  return manifests === null && (mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList);
}

type Fail = (reason: string) => never;

/** What manifests and indexes have in common. */
function parseShared(
  { artifactType, subject, annotations: value }: Record<string, unknown>,
  fail: Fail,
): Pick<Manifest, 'artifactType' | 'subject' | 'annotations'> {
  const annotations = parseAnnotations(value);
  return {
    ...(typeof artifactType === 'string' && { artifactType }),
    ...(isObject(subject) && { subject: parseDescriptor(subject, fail) }),
    ...(annotations !== undefined && { annotations }),
  };
}

function parseDescriptors(list: readonly unknown[], fail: Fail): Descriptor[] {
  if (list.length > maxDescriptors) fail(`it lists more than ${maxDescriptors} descriptors`);
  return list.map((value) => parseDescriptor(value, fail));
}

function parseDescriptor(value: unknown, fail: Fail): Descriptor {
  if (!isObject(value)) return fail('a descriptor is not an object');
  const { digest, size, mediaType, artifactType } = value;
  if (typeof digest !== 'string' || !isDigest(digest)) return fail('a descriptor has no valid digest');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return fail('a descriptor has no valid size');
  const platform = parsePlatform(value['platform']);
  const annotations = parseAnnotations(value['annotations']);
  return {
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    digest,
    size,
    ...(platform !== undefined && { platform }),
    ...(annotations !== undefined && { annotations }),
    ...(typeof artifactType === 'string' && { artifactType }),
  };
}

function parsePlatform(value: unknown): Platform | undefined {
  if (!isObject(value)) return undefined;
  const { os, architecture, variant } = value;
  const osVersion = value['os.version'];
  return {
    os: typeof os === 'string' ? os : '',
    architecture: typeof architecture === 'string' ? architecture : '',
    ...(typeof variant === 'string' && { variant }),
    ...(typeof osVersion === 'string' && { osVersion }),
  };
}

function parseAnnotations(value: unknown): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

export function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
