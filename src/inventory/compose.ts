import type { Application, Ecosystem, Inventory, LayerRef, Package, ResultType } from '../core/index.ts';
import { mergeTrees, type TreeInput, type VisibleRecord } from './merge.ts';
import { detectOperatingSystem } from './operating-system.ts';
import { systemFilesOf } from './system-files.ts';
import { composeSystemPackages } from './system-packages.ts';

/** Merges the trees of a target into one inventory. */
export function composeInventory(inputs: readonly TreeInput[], ecosystems: readonly Ecosystem[]): Inventory {
  const visible = mergeTrees(inputs);
  const distributions = ecosystems.filter((ecosystem) => ecosystem.kind === 'distribution');
  const formats = new Set(ecosystems.filter(({ kind }) => kind === 'package-format').map(({ id }) => id));
  const os = detectOperatingSystem(visible, distributions);
  const system = composeSystemPackages(inputs, visible, formats);
  const applications = composeApplications(inputs, visible, ecosystems);
  const archives = composeArchives(inputs, visible);
  return {
    ...(os !== undefined && { os }),
    ...(system.format !== undefined && { packageFormat: system.format }),
    systemPackages: system.packages,
    applications,
    archives,
    coverage: {
      catalogers: countCatalogers(inputs, visible),
      notes: inputs.flatMap(({ tree, ref }) => withLayer(tree, ref)),
    },
  };
}

/** Packages of languages, each application's or all of one type together; files of OS packages are left to those. */
function composeApplications(
  inputs: readonly TreeInput[],
  visible: readonly VisibleRecord[],
  ecosystems: readonly Ecosystem[],
): Application[] {
  const resultTypes = resultTypesOf(ecosystems);
  const systemFiles = inputs.map(({ tree }) => systemFilesOf(tree));
  const origin = originOfFilePackages(inputs);
  const gathered = new Map<string, Package[]>();
  const applications: Application[] = [];
  for (const { path, cataloger, record, layer, sha1 } of visible) {
    const resultType = record.kind === 'packages' ? resultTypes.get(record.type) : undefined;
    if (record.kind !== 'packages' || resultType === undefined) continue;
    if (resultType.yieldsToSystem && systemFiles[layer]?.has(path)) continue;
    const packages = record.packages.map((pkg) => ({
      ...pkg,
      ...layerOf(inputs, origin(path, pkg)),
      catalogedBy: cataloger,
    }));
    if (resultType.aggregate !== undefined)
      append(
        gathered,
        record.type,
        packages.map((pkg) => ({
          filePath: path,
          ...(sha1 !== undefined && { fileChecksum: `sha1:${sha1}` }),
          ...pkg,
        })),
      );
    else applications.push({ type: record.type, path, packages });
  }
  for (const [type, packages] of gathered) applications.push({ type, packages });
  return completeApplications(applications, visible, ecosystems).filter(({ packages }) => packages.length > 0);
}

/** Lets each ecosystem put together what several of its files say. */
function completeApplications(
  applications: readonly Application[],
  visible: readonly VisibleRecord[],
  ecosystems: readonly Ecosystem[],
): Application[] {
  const companions = visible.flatMap(({ path, record }) => (record.kind === 'companion' ? [{ path, record }] : []));
  const completers = new Map<string, (application: Application) => Application>();
  for (const ecosystem of ecosystems) {
    if (ecosystem.kind !== 'language' || ecosystem.complete === undefined) continue;
    const types = new Set(ecosystem.resultTypes.map(({ type }) => type));
    const complete = ecosystem.complete(companions.filter(({ record }) => types.has(record.type)));
    for (const type of types) completers.set(type, complete);
  }
  return applications.map((application) => completers.get(application.type)?.(application) ?? application);
}

function layerOf(inputs: readonly TreeInput[], index: number): { layer?: LayerRef } {
  const ref = inputs[index]?.ref;
  return ref === undefined ? {} : { layer: ref };
}

function append(map: Map<string, Package[]>, key: string, packages: readonly Package[]): void {
  const list = map.get(key) ?? [];
  map.set(key, list);
  for (const pkg of packages) list.push(pkg);
}

function resultTypesOf(ecosystems: readonly Ecosystem[]): Map<string, ResultType> {
  const languages = ecosystems.filter((ecosystem) => ecosystem.kind === 'language');
  return new Map(
    languages.flatMap(({ resultTypes }) => resultTypes).map((resultType) => [resultType.type, resultType]),
  );
}

/** The first layer in which the same file held the same package. */
function originOfFilePackages(inputs: readonly TreeInput[]): (path: string, pkg: Package) => number {
  const first = new Map<string, number>();
  inputs.forEach(({ tree }, layer) => {
    for (const { path, record } of tree.records) {
      if (record.kind !== 'packages') continue;
      for (const pkg of record.packages) {
        const key = `${path}\n${pkg.name}\n${pkg.version}`;
        if (!first.has(key)) first.set(key, layer);
      }
    }
  });
  return (path, pkg) => first.get(`${path}\n${pkg.name}\n${pkg.version}`) ?? -1;
}

function composeArchives(inputs: readonly TreeInput[], visible: readonly VisibleRecord[]): Inventory['archives'] {
  const first = new Map<string, number>();
  inputs.forEach(({ tree }, layer) => {
    for (const { record } of tree.records) {
      if (record.kind !== 'archive') continue;
      for (const { path, sha1 } of record.archives) {
        if (!first.has(`${path}\n${sha1}`)) first.set(`${path}\n${sha1}`, layer);
      }
    }
  });
  return visible.flatMap(({ record, cataloger }) => {
    if (record.kind !== 'archive') return [];
    return record.archives.map((archive) => {
      const layer: LayerRef | undefined = inputs[first.get(`${archive.path}\n${archive.sha1}`) ?? -1]?.ref;
      return { type: record.type, archive, catalogedBy: cataloger, ...(layer !== undefined && { layer }) };
    });
  });
}

function countCatalogers(
  inputs: readonly TreeInput[],
  visible: readonly VisibleRecord[],
): Inventory['coverage']['catalogers'] {
  const counts = new Map<string, { files: number; packages: number }>();
  const of = (id: string): { files: number; packages: number } => {
    const known = counts.get(id) ?? { files: 0, packages: 0 };
    counts.set(id, known);
    return known;
  };
  for (const { tree } of inputs) for (const [id, files] of Object.entries(tree.files)) of(id).files += files;
  for (const { cataloger, record } of visible) {
    if (record.kind === 'packages') of(cataloger).packages += record.packages.length;
    if (record.kind === 'archive') of(cataloger).packages += record.archives.length;
  }
  return [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cataloger, { files, packages }]) => ({ cataloger, files, packages }));
}

function withLayer(tree: TreeInput['tree'], ref: LayerRef | undefined): Inventory['coverage']['notes'] {
  return ref === undefined ? tree.notes : tree.notes.map((note) => ({ ...note, layer: ref }));
}
