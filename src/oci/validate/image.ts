import { type Digest, describeError } from '../../core/index.ts';
import { isFileLayer } from '../flatten/layer.ts';
import { type ImageConfig, maxConfigSize, parseImageConfig } from '../image.ts';
import { isObject, type Platform } from '../manifest.ts';
import type { StoredImage } from '../stored/choose.ts';
import { readLayer } from './layer.ts';

export interface ValidateOptions {
  /** Asks only whether layers are there. */
  readonly fast: boolean;
  readonly signal?: AbortSignal;
}

const configTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

/** What is wrong with an image, a line for each, in crane's words where it has any; nothing when all is well. */
export async function imageProblems(image: StoredImage, options: ValidateOptions): Promise<string[]> {
  const { config, problems } = await readConfig(image, options);
  const layers = options.fast ? await absentLayers(image, options) : await layerProblems(image, config, options);
  return [...prefixed('validating layers', layers), ...prefixed('validating config', problems)];
}

interface CheckedConfig {
  readonly config?: ImageConfig;
  readonly problems: readonly string[];
}

async function readConfig({ source, parsed }: StoredImage, { signal }: ValidateOptions): Promise<CheckedConfig> {
  const descriptor = parsed.config;
  try {
    const bytes = await source.read(descriptor, maxConfigSize, signal);
    const size = `mismatched config size: Manifest.Config.Size()=${descriptor.size}, len(RawConfigFile())=${bytes.length}`;
    const sizes = bytes.length === descriptor.size ? [] : [size];
    if (!configTypes.has(descriptor.mediaType)) return { problems: sizes };
    const config = parseImageConfig(bytes, descriptor.digest);
    return { config, problems: [...sizes, ...rootfsProblems(config)] };
  } catch (error) {
    signal?.throwIfAborted();
    return { problems: [describeError(error)] };
  }
}

function rootfsProblems({ document }: ImageConfig): string[] {
  const rootfs = document['rootfs'];
  const type = isObject(rootfs) && typeof rootfs['type'] === 'string' ? rootfs['type'] : '';
  return type === 'layers' ? [] : [`invalid ConfigFile.RootFS.Type: "${type}" != "layers"`];
}

async function absentLayers({ source, parsed }: StoredImage, { signal }: ValidateOptions): Promise<string[]> {
  const problems: string[] = [];
  for (const layer of parsed.layers) {
    if (source.has !== undefined && !(await source.has(layer, signal))) problems.push('layer does not exist');
  }
  return problems;
}

async function layerProblems(
  { source, parsed }: StoredImage,
  config: ImageConfig | undefined,
  { signal }: ValidateOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const unpacked: Digest[] = [];
  for (const [index, layer] of parsed.layers.entries()) {
    const facts = await readLayer(layer, source, signal);
    if (facts.kind === 'failed') return [...problems, `layer[${index}]: ${facts.reason}`];
    if (isFileLayer(layer.mediaType)) unpacked.push(facts.diffId);
  }
  return config === undefined ? problems : [...problems, ...diffIdProblems(config.diffIds, unpacked)];
}

function diffIdProblems(stated: readonly Digest[], found: readonly Digest[]): string[] {
  const counts = `len(ConfigFile.RootFS.DiffIDs)=${stated.length}, len(layers)=${found.length}`;
  return [
    ...(stated.length === found.length ? [] : [`mismatched number of diffids: ${counts}`]),
    ...stated.flatMap((diffId, index) => {
      const real = found[index];
      if (real === undefined || real === diffId) return [];
      return [
        `mismatched layer[${index}] diffid: DiffID()=${diffId}, SHA256(Gunzip(Compressed()))=${real}`,
        `mismatched layer[${index}] diffid: DiffID()=${diffId}, SHA256(Uncompressed())=${real}`,
      ];
    }),
  ];
}

/** Where the configuration is for another platform than the index says. */
export async function platformProblems(
  image: StoredImage,
  wanted: Platform | undefined,
  options: ValidateOptions,
): Promise<string[]> {
  const { config } = await readConfig(image, options);
  if (wanted === undefined || config === undefined) return [];
  const variant = typeof config.document['variant'] === 'string' ? config.document['variant'] : '';
  return [
    ...(config.os === wanted.os ? [] : [`mismatched OS: ${config.os} != ${wanted.os}`]),
    ...(config.architecture === wanted.architecture
      ? []
      : [`mismatched Architecture: ${config.architecture} != ${wanted.architecture}`]),
    ...(variant === (wanted.variant ?? '') ? [] : [`mismatched Variant: ${variant} != ${wanted.variant ?? ''}`]),
  ];
}

function prefixed(title: string, problems: readonly string[]): string[] {
  return problems.length === 0 ? [] : [`${title}: ${problems.join('\n')}`];
}
