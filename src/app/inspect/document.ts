import type { Image } from '../../oci/index.ts';
import { executionShape, type Shape } from './shape.ts';

/** What `docker inspect` prints of an image. */
export interface InspectedImage {
  /** Digest of the configuration. */
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  readonly Parent: '';
  readonly Comment: string;
  readonly Created?: string;
  readonly DockerVersion: string;
  readonly Author: string;
  readonly Config: Readonly<Record<string, unknown>>;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly Os: string;
  readonly OsVersion?: string;
  /** Bytes of the layers as they are stored, packed where they are. */
  readonly Size: number;
  readonly RootFS: { readonly Type: string; readonly Layers: readonly string[] };
  readonly Metadata: { readonly LastTagTime: string };
}

/** Docker's word for a tag that was never given on its own machine. */
const never = '0001-01-01T00:00:00Z';

/** Describes an image as docker does; what no manifest and no configuration tells is left out. */
export function describeImage({ id, repoTags, repoDigests, config, layers }: Image): InspectedImage {
  const { document } = config;
  const told = (key: string): string => textOf(document[key]);
  return {
    Id: id,
    RepoTags: repoTags,
    RepoDigests: repoDigests,
    Parent: '',
    Comment: told('comment'),
    ...(told('created') !== '' && { Created: told('created') }),
    DockerVersion: told('docker_version'),
    Author: told('author'),
    Config: describeExecution(document['config']),
    Architecture: config.architecture,
    ...(told('variant') !== '' && { Variant: told('variant') }),
    Os: config.os,
    ...(told('os.version') !== '' && { OsVersion: told('os.version') }),
    Size: layers.reduce((sum, { size = 0 }) => sum + size, 0),
    RootFS: { Type: 'layers', Layers: config.diffIds },
    Metadata: { LastTagTime: never },
  };
}

/** The known fields of a configuration that have the type they should have, without empty ones. */
function describeExecution(value: unknown): Record<string, unknown> {
  const given = isObject(value) ? value : {};
  return Object.fromEntries(
    Object.entries(executionShape.fields)
      .map(([key, shape]) => [key, given[key], shape] as const)
      .filter(([, field, shape]) => isOfShape(field, shape))
      .map(([key, field]) => [key, field]),
  );
}

function isOfShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'switch':
      return value === true;
    case 'texts':
      return Array.isArray(value) && value.length > 0 && value.every(isText);
    case 'pairs':
      return isObject(value) && Object.values(value).length > 0 && Object.values(value).every(isText);
    default:
      return isObject(value) && Object.keys(value).length > 0;
  }
}

function textOf(value: unknown): string {
  return isText(value) ? value : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
