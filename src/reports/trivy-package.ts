import type { LayerRef, Package } from '../core/index.ts';
import { compact } from './compact.ts';
import { uidOf } from './identity.ts';

/** One package in the field names and order of Trivy's schema 2. */
export function toPackageJson(pkg: Package, target: string): Record<string, unknown> {
  return compact({
    ID: pkg.id,
    Name: pkg.name,
    Identifier: toIdentifierJson(pkg, target),
    Version: pkg.version,
    Release: pkg.release,
    Epoch: pkg.epoch,
    Arch: pkg.arch,
    Dev: pkg.dev,
    SrcName: pkg.source?.name,
    SrcVersion: pkg.source?.version,
    SrcRelease: pkg.source?.release,
    SrcEpoch: pkg.source?.epoch,
    Licenses: pkg.licenses,
    Maintainer: pkg.maintainer,
    Modularitylabel: pkg.modularityLabel,
    BuildInfo:
      pkg.buildInfo &&
      compact({ ContentSets: pkg.buildInfo.contentSets, Nvr: pkg.buildInfo.nvr, Arch: pkg.buildInfo.arch }),
    Repository: pkg.repositoryClass && { Class: pkg.repositoryClass },
    Indirect: pkg.relationship === 'indirect',
    Relationship: pkg.relationship === 'unknown' ? undefined : pkg.relationship,
    DependsOn: pkg.dependsOn,
    Layer: toLayerJson(pkg.layer),
    FilePath: pkg.filePath,
    Digest: pkg.checksum,
    Locations: pkg.locations?.map(({ start, end }) => ({ StartLine: start, EndLine: end })),
    InstalledFiles: pkg.installedFiles,
    AnalyzedBy: pkg.catalogedBy,
  });
}

export function toIdentifierJson(pkg: Package, target: string): Record<string, unknown> {
  return compact({ PURL: pkg.purl, UID: uidOf(pkg, target) });
}

export function toLayerJson(layer: LayerRef | undefined): Record<string, unknown> {
  return compact({ Digest: layer?.digest, DiffID: layer?.diffId });
}
