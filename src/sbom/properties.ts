import type { Component, Property } from './model.ts';

/** Properties of CycloneDX and annotations of SPDX that Trivy's readers know. */
export const trivyNamespace = 'aquasecurity:trivy:';
/** What those have no word for. */
export const ownNamespace = 'plimsoll:';

/** Names within the namespace of Trivy. */
export type TrivyProperty =
  | 'SchemaVersion'
  | 'Type'
  | 'Class'
  | 'Size'
  | 'ImageID'
  | 'RepoDigest'
  | 'RepoTag'
  | 'DiffID'
  | 'Reference'
  | 'PkgID'
  | 'PkgType'
  | 'SrcName'
  | 'SrcVersion'
  | 'SrcRelease'
  | 'SrcEpoch'
  | 'Modularitylabel'
  | 'FilePath'
  | 'LayerDigest'
  | 'LayerDiffID'
  | 'ContentSet'
  | 'NVR'
  | 'Arch';

/** Names within our own namespace. */
export type OwnProperty =
  | 'Dev'
  | 'FoundBy'
  | 'Incomplete'
  | 'Lines'
  | 'ManifestDigest'
  | 'Relationship'
  | 'RepositoryClass'
  | 'RepositoryRelease';

type Value = string | number | undefined | readonly string[];

/** Properties with a value, sorted by name and then value, as every reader of Trivy's documents is used to. */
export function makeProperties(
  trivy: Readonly<Partial<Record<TrivyProperty, Value>>>,
  own: Readonly<Partial<Record<OwnProperty, Value>>> = {},
): Property[] {
  const properties: Property[] = [];
  addProperties(properties, trivyNamespace, trivy);
  addProperties(properties, ownNamespace, own);
  return properties.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
}

function addProperties(properties: Property[], namespace: string, values: Readonly<Record<string, Value>>): void {
  for (const name in values) {
    const value = values[name];
    for (const item of typeof value === 'object' ? value : [value]) {
      if (item !== undefined && item !== '') properties.push({ name: `${namespace}${name}`, value: String(item) });
    }
  }
}

/** The first value of a property, by its name within Trivy's namespace. */
export function trivyProperty(component: Component, name: TrivyProperty): string | undefined {
  return propertyOf(component, `${trivyNamespace}${name}`);
}

export function trivyProperties(component: Component, name: TrivyProperty): string[] {
  return valuesOf(component, `${trivyNamespace}${name}`);
}

/** The first value of a property, by its name within our own namespace. */
export function ownProperty(component: Component, name: OwnProperty): string | undefined {
  return propertyOf(component, `${ownNamespace}${name}`);
}

export function ownProperties(component: Component, name: OwnProperty): string[] {
  return valuesOf(component, `${ownNamespace}${name}`);
}

/** The first value of a property by its whole name. */
export function propertyOf({ properties = [] }: Component, name: string): string | undefined {
  return properties.find((property) => property.name === name)?.value;
}

function valuesOf({ properties = [] }: Component, name: string): string[] {
  return properties.filter((property) => property.name === name).map(({ value }) => value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
