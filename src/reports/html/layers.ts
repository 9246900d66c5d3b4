import type { LayerRef, Severity } from '../../core/index.ts';
import type { ImageFacts, Report } from '../report.ts';
import { toInstruction } from './layer-command.ts';
import { addTo, noFindings, type SeverityCounts } from './severity-counts.ts';

export interface LayerView {
  /** `Layer 3`, counted from 1. */
  readonly name: string;
  readonly digest?: string;
  /** Unpacked bytes. */
  readonly size: number;
  readonly command?: string;
  readonly isBase: boolean;
  readonly packages: number;
  readonly counts: SeverityCounts;
}

export interface LayersView {
  readonly layers: readonly LayerView[];
  /** How the base image was told from the rest; absent when it could not be. */
  readonly split?: string;
  /** The base image as a label of the image names it. */
  readonly baseName?: string;
  /** The place of a layer in `layers`. */
  readonly indexOf: (layer: LayerRef | undefined) => number | undefined;
}

interface Instruction {
  readonly text: string;
  readonly makesLayer: boolean;
}

/** The layers of the image with what brought them, what they hold, and where the base image ends. */
export function viewLayers(report: Report): LayersView {
  const refs = report.image?.layers ?? [];
  const places = new Map(refs.map((ref, index) => [keyOf(ref), index]));
  const indexOf = (layer: LayerRef | undefined): number | undefined =>
    layer === undefined ? undefined : places.get(keyOf(layer));
  const instructions = readHistory(report.image, refs.length);
  const commands = instructions.filter(({ makesLayer }) => makesLayer);
  const packages = countPackages(report, indexOf);
  const base = findBase(instructions, systemLayer(report, indexOf), refs.length);
  const findings = countFindings(report, indexOf);
  const layers = refs.map((ref, index) => ({
    name: `Layer ${index + 1}`,
    digest: ref.digest ?? ref.diffId ?? '',
    size: ref.size,
    command: commands[index]?.text ?? '',
    isBase: index < (base?.layers ?? 0),
    packages: packages.get(index) ?? 0,
    counts: findings.get(index) ?? noFindings,
  }));
  const baseName = baseNameOf(report.image);
  return { layers, indexOf, ...(base && { split: base.how }), ...(baseName !== undefined && { baseName }) };
}

function keyOf({ diffId, digest }: LayerRef): string {
  return diffId ?? digest ?? '';
}

/** The history (image-spec config.md), where it tells of exactly the layers that there are; else nothing. */
function readHistory(image: ImageFacts | undefined, layers: number): readonly Instruction[] {
  const history: unknown = image?.config['history'];
  if (!Array.isArray(history)) return [];
  const instructions = history.map((entry: unknown) => {
    const { created_by: createdBy, empty_layer: isEmpty } = (entry ?? {}) as Record<string, unknown>;
    return { text: typeof createdBy === 'string' ? toInstruction(createdBy) : '', makesLayer: isEmpty !== true };
  });
  return instructions.filter(({ makesLayer }) => makesLayer).length === layers ? instructions : [];
}

/** The layers below the last CMD that more layers follow: an image that is built on ends in one. */
function findBase(
  instructions: readonly Instruction[],
  system: number | undefined,
  layers: number,
): { layers: number; how: string } | undefined {
  const last = instructions.findLastIndex(({ makesLayer }) => makesLayer);
  const end = instructions.slice(0, Math.max(0, last)).findLastIndex(({ text }) => /^CMD\b/.test(text));
  const below = instructions.slice(0, Math.max(0, end)).filter(({ makesLayer }) => makesLayer).length;
  if (below > 0)
    return {
      layers: below,
      how: 'The base image is taken to end at the last CMD in the history that other layers follow',
    };
  if (system === undefined || system + 1 >= layers) return undefined;
  return {
    layers: system + 1,
    how: 'Layers up to the first that brings packages of the system are taken for the base image',
  };
}

/** The first layer that brings packages of the operating system. */
function systemLayer({ results }: Report, indexOf: LayersView['indexOf']): number | undefined {
  let first: number | undefined;
  for (const { layer } of results.flatMap((result) => (result.class === 'os-pkgs' ? result.packages : []))) {
    const index = indexOf(layer);
    if (index !== undefined && (first === undefined || index < first)) first = index;
  }
  return first;
}

function countPackages({ results }: Report, indexOf: LayersView['indexOf']): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { packages } of results) for (const { layer } of packages) increment(counts, indexOf(layer));
  return counts;
}

function increment(counts: Map<number, number>, index: number | undefined): void {
  if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1);
}

function countFindings({ results }: Report, indexOf: LayersView['indexOf']): Map<number, SeverityCounts> {
  const counts = new Map<number, Record<Severity, number>>();
  for (const { layer, severity } of results.flatMap(({ findings }) => findings)) {
    const index = indexOf(layer);
    if (index === undefined) continue;
    const found = counts.get(index) ?? { ...noFindings };
    addTo(found, severity);
    counts.set(index, found);
  }
  return counts;
}

function baseNameOf(image: ImageFacts | undefined): string | undefined {
  const { Labels: labels } = (image?.config['config'] ?? {}) as Record<string, unknown>;
  const name = ((labels ?? {}) as Record<string, unknown>)['org.opencontainers.image.base.name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}
