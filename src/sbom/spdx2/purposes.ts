import type { ComponentKind } from '../model.ts';

interface Purpose {
  /** As the JSON form writes it; the tag-value form has a dash in place of the underscore (spdx-spec 7.24). */
  readonly purpose: string;
  /** What identifiers of such elements begin with, which is what Trivy's reader goes by. */
  readonly idPrefix: string;
}

export const purposes: Readonly<Record<ComponentKind, Purpose>> = {
  application: { purpose: 'APPLICATION', idPrefix: 'Application' },
  container: { purpose: 'CONTAINER', idPrefix: 'ContainerImage' },
  filesystem: { purpose: 'SOURCE', idPrefix: 'Filesystem' },
  'operating-system': { purpose: 'OPERATING_SYSTEM', idPrefix: 'OperatingSystem' },
  library: { purpose: 'LIBRARY', idPrefix: 'Package' },
  file: { purpose: 'FILE', idPrefix: 'FilePackage' },
  other: { purpose: 'OTHER', idPrefix: 'Other' },
};

const byPurpose: ReadonlyMap<string, ComponentKind> = new Map<string, ComponentKind>([
  ['FRAMEWORK', 'library'],
  ...Object.entries(purposes).map(([kind, { purpose }]) => [purpose, kind as ComponentKind] as const),
]);

/** The kind that a stated purpose means, `other` for those that we have no word for; undefined where none is stated. */
export function readPurpose(text: string | undefined): ComponentKind | undefined {
  if (text === undefined) return undefined;
  return byPurpose.get(text.toUpperCase().replaceAll('-', '_')) ?? 'other';
}

/** The kind that the identifier of an element tells, in documents that state no purpose. */
export function kindOfId(id: string): ComponentKind | undefined {
  const found = Object.entries(purposes).find(([, { idPrefix }]) => id.startsWith(`SPDXRef-${idPrefix}-`));
  return found?.[0] as ComponentKind | undefined;
}
