import { type Digest, isDigest } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import { parseObject } from '../manifest.ts';
import { configFields, historyFields, indexFields, manifestFields } from './data.ts';
import { decodeDocument, type Fail } from './go-decode.ts';
import { encodeDocument } from './go-encode.ts';
import type { Document } from './go-value.ts';

type Pairs = ReadonlyMap<string, string>;

export interface PlatformDocument {
  readonly architecture?: string;
  readonly os?: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
  readonly variant?: string;
  readonly features?: readonly string[];
}

export interface DescriptorDocument {
  readonly mediaType?: string;
  readonly size: number;
  readonly digest: Digest;
  readonly data?: string;
  readonly urls?: readonly string[];
  readonly annotations?: Pairs;
  readonly platform?: PlatformDocument;
  readonly artifactType?: string;
}

export interface ManifestDocument {
  readonly schemaVersion: number;
  readonly mediaType?: string;
  readonly config: DescriptorDocument;
  readonly layers?: readonly DescriptorDocument[];
  readonly annotations?: Pairs;
  readonly artifactType?: string;
}

export interface IndexDocument {
  readonly schemaVersion: number;
  readonly mediaType?: string;
  readonly manifests?: readonly DescriptorDocument[];
  readonly annotations?: Pairs;
  readonly artifactType?: string;
}

export interface HistoryDocument {
  readonly author?: string;
  readonly created?: string;
  readonly created_by?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** How containers of an image run; what is not changed here is passed on. */
export interface ExecutionDocument {
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly Labels?: Pairs;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly ExposedPorts?: ReadonlySet<string>;
}

export interface ConfigDocument {
  readonly architecture?: string;
  readonly created?: string;
  readonly history?: readonly HistoryDocument[];
  readonly os?: string;
  readonly rootfs?: { readonly type?: string; readonly diff_ids?: readonly string[] };
  readonly config?: ExecutionDocument;
  readonly 'os.version'?: string;
  readonly variant?: string;
  readonly 'os.features'?: readonly string[];
}

/** Reads an image manifest for editing. @throws OCI_MANIFEST_INVALID */
export function readManifestDocument(bytes: Uint8Array, digest: string): ManifestDocument {
  const fail = failing('OCI_MANIFEST_INVALID', digest);
  const document = decodeDocument(parseObject(bytes), manifestFields, fail);
  const { config, layers = [] } = document as unknown as ManifestDocument;
  for (const descriptor of [config ?? {}, ...layers]) assertDescriptor(descriptor, fail);
  return document as unknown as ManifestDocument;
}

/** Reads an index or a manifest list for editing. @throws OCI_MANIFEST_INVALID */
export function readIndexDocument(bytes: Uint8Array, digest: string): IndexDocument {
  const fail = failing('OCI_MANIFEST_INVALID', digest);
  const document = decodeDocument(parseObject(bytes), indexFields, fail) as unknown as IndexDocument;
  for (const descriptor of document.manifests ?? []) assertDescriptor(descriptor, fail);
  return document;
}

/** Reads an image configuration for editing. @throws OCI_CONFIG_INVALID */
export function readConfigDocument(bytes: Uint8Array, digest: string): ConfigDocument {
  return decodeDocument(parseObject(bytes), configFields, failing('OCI_CONFIG_INVALID', digest)) as ConfigDocument;
}

export function writeManifestDocument(document: ManifestDocument): Buffer {
  return Buffer.from(encodeDocument(document as unknown as Document, manifestFields));
}

export function writeIndexDocument(document: IndexDocument): Buffer {
  return Buffer.from(encodeDocument(document as unknown as Document, indexFields));
}

export function writeConfigDocument(document: ConfigDocument): Buffer {
  return Buffer.from(encodeDocument(document as Document, configFields));
}

/** The steps of a build as JSON. */
export function writeHistory(history: readonly HistoryDocument[] | undefined): string {
  if (history === undefined) return 'null';
  return `[${history.map((step) => encodeDocument(step as Document, historyFields)).join(',')}]`;
}

function failing(code: 'OCI_MANIFEST_INVALID' | 'OCI_CONFIG_INVALID', digest: string): Fail {
  return (reason) => {
    throw ociError(code, { data: { digest, reason } });
  };
}

function assertDescriptor({ digest, size }: Partial<DescriptorDocument>, fail: Fail): void {
  if (digest === undefined || !isDigest(digest)) fail('a descriptor has no valid digest');
  if (size === undefined || size < 0) fail('a descriptor has no valid size');
}
