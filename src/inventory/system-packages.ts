import type { BuildInfo, Package, TreeInventory } from '../core/index.ts';
import type { TreeInput, VisibleRecord } from './merge.ts';

/** The packages of the system's package manager, each with the layer that first had it. */
export function composeSystemPackages(
  inputs: readonly TreeInput[],
  visible: readonly VisibleRecord[],
  formats: ReadonlySet<string>,
): { readonly format?: string; readonly packages: Package[] } {
  const complete = makeCompleter(inputs, visible, formats);
  const packages = new Map<string, Package>();
  let format: string | undefined;
  for (const { cataloger, record } of visible) {
    if (record.kind !== 'packages' || !formats.has(record.type)) continue;
    format ??= record.type;
    for (const pkg of record.packages) {
      const id = pkg.id ?? `${pkg.name}@${pkg.version}`;
      if (!packages.has(id)) packages.set(id, { ...complete(pkg, id), catalogedBy: cataloger });
    }
  }
  return { ...(format !== undefined && { format }), packages: [...packages.values()] };
}

/** Adds to a package what other files and its layer say of it. */
function makeCompleter(
  inputs: readonly TreeInput[],
  visible: readonly VisibleRecord[],
  formats: ReadonlySet<string>,
): (pkg: Package, id: string) => Package {
  const origin = originOfPackages(inputs, formats);
  const extras = gatherExtras(visible);
  const installedFiles = inputs.map(({ tree }) => installedFilesOf(tree));
  const buildInfo = inputs.map(({ tree }) => buildInfoOf(tree));
  return (pkg, id) => {
    const first = origin.get(packageKey(pkg));
    return withDefined(pkg, {
      layer: first && inputs[first.layer]?.ref,
      installedFiles: first && (first.pkg.installedFiles ?? installedFiles[first.layer]?.get(pkg.name)),
      buildInfo: first && nearestBuildInfo(buildInfo, first.layer),
      licenses: extras.licenses.get(pkg.name),
      checksum: pkg.checksum ?? extras.checksums.get(id),
    });
  };
}

function withDefined(pkg: Package, extras: { [K in keyof Package]?: Package[K] | undefined }): Package {
  return { ...pkg, ...Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined)) };
}

interface Origin {
  readonly layer: number;
  readonly pkg: Package;
}

/** Package databases are rewritten by every layer that installs something, so the first layer with the package counts. */
function originOfPackages(inputs: readonly TreeInput[], formats: ReadonlySet<string>): Map<string, Origin> {
  const first = new Map<string, Origin>();
  inputs.forEach(({ tree }, layer) => {
    for (const { record } of tree.records) {
      if (record.kind !== 'packages' || !formats.has(record.type)) continue;
      for (const pkg of record.packages) {
        const key = packageKey(pkg);
        if (!first.has(key)) first.set(key, { layer, pkg });
      }
    }
  });
  return first;
}

function packageKey(pkg: Package): string {
  return `${pkg.name}\n${pkg.version}\n${pkg.release ?? ''}`;
}

function gatherExtras(visible: readonly VisibleRecord[]): {
  readonly licenses: Map<string, readonly string[]>;
  readonly checksums: Map<string, string>;
} {
  const licenses = new Map<string, readonly string[]>();
  const checksums = new Map<string, string>();
  for (const { record } of visible) {
    if (record.kind === 'package-licenses') licenses.set(record.package, record.licenses);
    if (record.kind === 'package-checksums') {
      for (const [id, checksum] of Object.entries(record.checksums)) checksums.set(id, checksum);
    }
  }
  return { licenses, checksums };
}

function installedFilesOf(tree: TreeInventory): Map<string, readonly string[]> {
  const files = new Map<string, readonly string[]>();
  for (const { record } of tree.records) {
    if (record.kind === 'installed-files' && record.package !== undefined) files.set(record.package, record.files);
  }
  return files;
}

/** The layer's build information, several files put together. */
function buildInfoOf(tree: TreeInventory): BuildInfo | undefined {
  let merged: BuildInfo | undefined;
  for (const { record } of tree.records) {
    if (record.kind === 'build-info') merged = { ...merged, ...record.buildInfo };
  }
  return merged;
}

/**
 * Red Hat's base layer lacks build information and shares that of the layer above it; layers built on top of a
 * Red Hat image share that of the nearest layer below.
 */
function nearestBuildInfo(layers: readonly (BuildInfo | undefined)[], index: number): BuildInfo | undefined {
  if (layers[index] !== undefined) return layers[index];
  if (index === 0) return layers[1];
  return layers.slice(0, index).findLast((info) => info !== undefined);
}
