import { fullVersion, type Package } from '../../core/index.ts';
import { makeComponent } from '../component.ts';
import type { Component, Hash } from '../model.ts';
import { makeProperties, type OwnProperty } from '../properties.ts';

/** A package as a component; `type` is that of its result: the family of the OS, or that of the application. */
export function toComponent(pkg: Package, ref: string, type: string, withOwn: boolean): Component {
  const [group, name] = splitName(pkg.name);
  const version = fullVersion(pkg);
  return makeComponent({
    ref,
    kind: 'library',
    group,
    name,
    version: version === '' ? undefined : version,
    purl: pkg.purl,
    supplier: pkg.maintainer,
    licenses: pkg.licenses,
    // Of the two the package manager's own says more; both are there where the format can tell them apart.
    hashes: toHashes(pkg.checksum ?? pkg.fileChecksum),
    sourceInfo: pkg.source && `${pkg.source.name} ${fullVersion(pkg.source)}`.trim(),
    files: pkg.filePath === undefined ? undefined : [toFile(pkg)],
    properties: toProperties(pkg, type, withOwn),
  });
}

/** Maven's group and npm's scope stand apart from the name. */
function splitName(name: string): [string | undefined, string] {
  const at = name.startsWith('@') ? name.indexOf('/') : name.indexOf(':');
  return at < 1 || at === name.length - 1 ? [undefined, name] : [name.slice(0, at), name.slice(at + 1)];
}

function toHashes(checksum: string | undefined): Hash[] {
  const [algorithm, value] = checksum?.split(':') ?? [];
  return algorithm === undefined || value === undefined ? [] : [{ algorithm, value }];
}

function toFile({ filePath = '', fileChecksum }: Package): { path: string; hashes?: Hash[] } {
  const hashes = toHashes(fileChecksum);
  return { path: filePath, ...(hashes.length > 0 && { hashes }) };
}

function toProperties(pkg: Package, type: string, withOwn: boolean): NonNullable<Component['properties']> {
  const { source, buildInfo } = pkg;
  return makeProperties(
    {
      PkgID: pkg.id,
      PkgType: type,
      SrcName: source?.name,
      SrcVersion: source?.version,
      SrcRelease: source?.release,
      SrcEpoch: source?.epoch || undefined,
      Modularitylabel: pkg.modularityLabel,
      FilePath: pkg.filePath,
      LayerDigest: pkg.layer?.digest,
      LayerDiffID: pkg.layer?.diffId,
      ContentSet: buildInfo?.contentSets,
      NVR: buildInfo?.nvr,
      Arch: buildInfo?.arch,
    },
    withOwn ? toOwnProperties(pkg) : {},
  );
}

function toOwnProperties(pkg: Package): Partial<Record<OwnProperty, string | readonly string[]>> {
  const { relationship = 'unknown', repositoryClass } = pkg;
  return {
    ...(pkg.dev && { Dev: 'true' }),
    ...(pkg.catalogedBy !== undefined && { FoundBy: pkg.catalogedBy }),
    ...(pkg.locations !== undefined && { Lines: pkg.locations.map(({ start, end }) => `${start}-${end}`) }),
    ...(relationship !== 'unknown' && { Relationship: relationship }),
    ...(repositoryClass !== undefined && { RepositoryClass: repositoryClass }),
  };
}
