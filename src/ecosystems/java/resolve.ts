import type { Archive, ArchiveResolver, Coordinates, IdentitySource, Package } from '../../core/index.ts';
import { isSameVersion } from './version.ts';

/**
 * Names an archive and what is packed into it. Metadata inside it is believed. Its own name follows, when none of
 * them is its own, from the manifest if such an artifact exists, from its content, or from its file name.
 */
export const resolveArchive: ArchiveResolver = (archive, identities) => {
  const isOwn = archive.declared.some((declared) => isNamed(archive, declared));
  const own = isOwn ? undefined : findOwn(archive, identities);
  const packages = [...archive.declared, ...(own === undefined ? [] : [own])].map(toPackage);
  return {
    packages: unique(withOwnLicenses(packages, archive.licenses)),
    isSelfNamed: isOwn,
    isIdentified: isOwn || own !== undefined || isOnlyDeclared(archive),
  };
};

function isNamed({ fileName }: Archive, { artifact, version }: Coordinates): boolean {
  return fileName.artifact === artifact && fileName.version === version;
}

/** A file name without a version leaves no doubt when there is just one declaration. */
function isOnlyDeclared({ declared, fileName }: Archive): boolean {
  return declared.length === 1 && fileName.artifact === '';
}

function findOwn(archive: Archive, identities: IdentitySource | undefined): Coordinates | undefined {
  if (identities === undefined) return undefined;
  const { manifest, fileName } = archive;
  if (manifest !== undefined && identities.hasArtifact(manifest.group, manifest.artifact)) return manifest;
  const byContent = identities.findBySha1(archive.sha1);
  if (byContent !== undefined) return byContent;
  const group = fileName.artifact === '' ? undefined : identities.findGroup(fileName.artifact, fileName.version);
  return group === undefined ? undefined : { group, ...fileName };
}

function toPackage({ group, artifact, version, licenses }: Archive['declared'][number]): Package {
  return { name: `${group}:${artifact}`, version, ...(licenses !== undefined && { licenses }) };
}

/** Licences of the archive as a whole are its own package's, which is certain only when there is no other. */
function withOwnLicenses(packages: readonly Package[], licenses: Archive['licenses']): readonly Package[] {
  const [only] = packages;
  if (licenses === undefined || only === undefined || packages.length > 1 || only.licenses) return packages;
  return [{ ...only, licenses }];
}

function unique(packages: readonly Package[]): Package[] {
  const kept: Package[] = [];
  const byName = new Map<string, Package[]>();
  for (const pkg of packages) {
    const same = byName.get(pkg.name) ?? [];
    if (same.some((other) => isSameVersion(other.version, pkg.version))) continue;
    byName.set(pkg.name, [...same, pkg]);
    kept.push(pkg);
  }
  return kept;
}
