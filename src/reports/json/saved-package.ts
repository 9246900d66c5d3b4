import type { BuildInfo, LineRange, Package, SourcePackage } from '../../core/index.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../kit/json-value.ts';
import { amountOf, layerOf, listOf, memberOf, present, uidOf } from './saved-values.ts';

/** One entry of a result's `Packages`; undefined without a name. */
export function readPackage(entry: Json): Package | undefined {
  const name = textOf(entry['Name']);
  if (name === undefined) return undefined;
  const identifier = objectOf(entry['Identifier']);
  return {
    name,
    version: textOf(entry['Version']) ?? '',
    ...present({
      id: textOf(entry['ID']),
      release: textOf(entry['Release']),
      epoch: amountOf(entry['Epoch']),
      arch: textOf(entry['Arch']),
      source: readSource(entry),
      licenses: listOf(entry['Licenses']),
      maintainer: textOf(entry['Maintainer']),
      modularityLabel: textOf(entry['Modularitylabel']),
      repositoryClass: memberOf(objectOf(entry['Repository'])['Class'], ['official', 'third-party']),
      relationship: readRelationship(entry),
      dependsOn: listOf(entry['DependsOn']),
      locations: readLocations(entry['Locations']),
      filePath: textOf(entry['FilePath']),
      checksum: textOf(entry['Digest']),
      installedFiles: listOf(entry['InstalledFiles']),
      layer: layerOf(entry['Layer']),
      buildInfo: readBuildInfo(entry['BuildInfo']),
      purl: textOf(identifier['PURL']),
      uid: uidOf(identifier['UID']),
      catalogedBy: textOf(entry['AnalyzedBy']),
    }),
    ...(entry['Dev'] === true && { dev: true }),
  };
}

function readSource(entry: Json): SourcePackage | undefined {
  const name = textOf(entry['SrcName']);
  if (name === undefined) return undefined;
  const version = textOf(entry['SrcVersion']) ?? '';
  return { name, version, ...present({ release: textOf(entry['SrcRelease']), epoch: amountOf(entry['SrcEpoch']) }) };
}

/** Reports of older schemas tell only whether a package is needed by others alone. */
function readRelationship(entry: Json): Package['relationship'] {
  const told = memberOf(entry['Relationship'], ['root', 'workspace', 'direct', 'indirect']);
  return told ?? (entry['Indirect'] === true ? 'indirect' : undefined);
}

function readLocations(value: unknown): readonly LineRange[] | undefined {
  const ranges = objectsOf(value).flatMap(({ StartLine: start, EndLine: end }) => {
    const first = amountOf(start);
    return first === undefined ? [] : [{ start: first, end: amountOf(end) ?? first }];
  });
  return ranges.length > 0 ? ranges : undefined;
}

function readBuildInfo(value: unknown): BuildInfo | undefined {
  const { ContentSets: sets, Nvr: nvr, Arch: arch } = objectOf(value);
  const info = present({ contentSets: listOf(sets), nvr: textOf(nvr), arch: textOf(arch) });
  return Object.keys(info).length > 0 ? info : undefined;
}
