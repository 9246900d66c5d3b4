import {
  type BuildInfo,
  isDigest,
  type LanguageEcosystem,
  type LayerRef,
  type Package,
  type PackageFormat,
  type PackageUrl,
  type Relationship,
} from '../../core/index.ts';
import type { Component } from '../model.ts';
import { ownProperties, ownProperty, propertyOf, trivyProperties, trivyProperty } from '../properties.ts';
import { nameOf, splitFullVersion, toEpoch } from './kinds.ts';
import { findSource } from './source.ts';

/** A component that is a package, with what its package URL says. */
export interface IdentifiedComponent {
  readonly component: Component;
  readonly purl: PackageUrl | undefined;
}

export function toSystemPackage({ component, purl }: IdentifiedComponent, format: PackageFormat): Package {
  const stated = splitFullVersion(component.version ?? purl?.version ?? '', format);
  const epoch = stated.epoch ?? toEpoch(purl?.qualifiers?.['epoch']);
  const source = findSource({ component, purl, format });
  const modularityLabel =
    trivyProperty(component, 'Modularitylabel') ??
    propertyOf(component, 'syft:metadata:modularityLabel') ??
    purl?.qualifiers?.['modularitylabel'] ??
    purl?.qualifiers?.['rpmmod'];
  return {
    ...commonParts(component, purl),
    name: component.name,
    ...stated,
    ...(epoch !== undefined && { epoch }),
    ...(source !== undefined && { source }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...toBuildInfo(component),
  };
}

export function toLanguagePackage({ component, purl }: IdentifiedComponent, language?: LanguageEcosystem): Package {
  const { group, name } = component;
  const stated = { name, ...(group !== undefined && { group }) };
  const joined = group === undefined ? name : `${group}/${name}`;
  return {
    ...withFile(component, commonParts(component, purl)),
    name: purl === undefined || language === undefined ? joined : nameOf(purl, stated, language),
    version: component.version ?? purl?.version ?? '',
  };
}

/** The hash of a package that is a file, or was read from one, is the file's. */
function withFile(component: Component, parts: CommonParts): CommonParts {
  const filePath = toFilePath(component);
  if (filePath === undefined) return parts;
  const { checksum, ...rest } = parts;
  const [hash] = component.files?.[0]?.hashes ?? [];
  const fileChecksum = hash === undefined ? checksum : `${hash.algorithm}:${hash.value}`;
  return { ...rest, filePath, ...(fileChecksum !== undefined && { fileChecksum }) };
}

type CommonParts = Omit<Package, 'name' | 'version'>;

function commonParts(component: Component, purl: PackageUrl | undefined): CommonParts {
  const { supplier, licenses, hashes = [] } = component;
  const layer = toLayer(component);
  const arch = purl?.qualifiers?.['arch'];
  const [hash] = hashes;
  const id = trivyProperty(component, 'PkgID') ?? foreignId(component);
  return {
    ...(id !== undefined && { id }),
    ...(arch !== undefined && { arch }),
    ...(component.purl !== undefined && { purl: component.purl }),
    ...(supplier !== undefined && { maintainer: supplier }),
    ...(licenses !== undefined && { licenses }),
    ...(hash !== undefined && { checksum: `${hash.algorithm}:${hash.value}` }),
    ...(layer !== undefined && { layer }),
    ...toOwnParts(component),
  };
}

/** Documents that know Trivy's properties leave the identifier out of packages that have none. */
function foreignId(component: Component): string | undefined {
  return trivyProperty(component, 'PkgType') === undefined ? component.ref : undefined;
}

const relationships: readonly Relationship[] = ['root', 'workspace', 'direct', 'indirect'];

function toOwnParts(component: Component): Partial<Package> {
  const repositoryClass = ownProperty(component, 'RepositoryClass');
  const relationship = relationships.find((known) => known === ownProperty(component, 'Relationship'));
  const locations = ownProperties(component, 'Lines').flatMap((text) => {
    const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(text) ?? [];
    return start === undefined ? [] : [{ start: Number(start), end: Number(end) }];
  });
  const catalogedBy = ownProperty(component, 'FoundBy');
  return {
    ...((repositoryClass === 'official' || repositoryClass === 'third-party') && { repositoryClass }),
    ...(relationship !== undefined && { relationship }),
    ...(ownProperty(component, 'Dev') === 'true' && { dev: true }),
    ...(locations.length > 0 && { locations: locations.sort((a, b) => a.start - b.start) }),
    ...(catalogedBy !== undefined && { catalogedBy }),
  };
}

/** Syft states the place of a package in properties of its own. */
function toFilePath(component: Component): string | undefined {
  const [file, ...more] = component.files ?? [];
  const path =
    trivyProperty(component, 'FilePath') ??
    (more.length === 0 ? file?.path : undefined) ??
    propertyOf(component, 'syft:location:0:path');
  return path === undefined || path === '' ? undefined : path.replace(/^\.?\/+/, '');
}

function toLayer(component: Component): LayerRef | undefined {
  const digest = trivyProperty(component, 'LayerDigest');
  const diffId = trivyProperty(component, 'LayerDiffID') ?? propertyOf(component, 'syft:location:0:layerID');
  const layer = {
    ...(digest !== undefined && isDigest(digest) && { digest }),
    ...(diffId !== undefined && isDigest(diffId) && { diffId }),
  };
  return Object.keys(layer).length === 0 ? undefined : layer;
}

function toBuildInfo(component: Component): { buildInfo?: BuildInfo } {
  const contentSets = trivyProperties(component, 'ContentSet');
  const nvr = trivyProperty(component, 'NVR');
  const arch = trivyProperty(component, 'Arch');
  const buildInfo = {
    ...(contentSets.length > 0 && { contentSets }),
    ...(nvr !== undefined && { nvr }),
    ...(arch !== undefined && { arch }),
  };
  return Object.keys(buildInfo).length === 0 ? {} : { buildInfo };
}
