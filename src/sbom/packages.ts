import { formatPackageUrl, parsePackageUrl } from '../core/index.ts';
import { toLicenseExpression } from '../licenses/index.ts';
import type { Bom, Component } from './model.ts';

/** The components that are packages, the operating system among them; images, applications and files are what they lie in. */
export function packagesOf(bom: Bom): Component[] {
  return bom.components.filter(
    ({ kind, purl }) =>
      kind === 'library' || kind === 'operating-system' || (purl !== undefined && !/^pkg:(?:oci|docker)\//.test(purl)),
  );
}

/** What a package is in every version of it: its package URL without version and qualifiers, else its name. */
export function identityOf(component: Component): string {
  const purl = component.purl === undefined ? undefined : parsePackageUrl(component.purl);
  if (purl === undefined) return `${component.kind} ${fullName(component)}`;
  const { type, namespace, name } = purl;
  return formatPackageUrl({ type, name, ...(namespace !== undefined && { namespace }) });
}

/** The name with what stands before it, as its ecosystem writes it. */
export function fullName({ group, name }: Component): string {
  if (group === undefined) return name;
  return `${group}${group.startsWith('@') ? '/' : ':'}${name}`;
}

/** Licences in one spelling, sorted, so that documents which write them differently can be compared. */
export function licensesOf({ licenses = [] }: Component): string[] {
  const expressions = licenses.map((license) => toLicenseExpression(license) ?? license);
  const parts = expressions.flatMap((text) => (/[()]| OR /.test(text) ? [text] : text.split(' AND ')));
  return [...new Set(parts)].sort();
}
