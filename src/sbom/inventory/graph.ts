import type { Bom, Component } from '../model.ts';
import { trivyProperty } from '../properties.ts';

/** Which references lead from each reference on. */
export type Links = ReadonlyMap<string, readonly string[]>;

export function linksOf(bom: Bom): Links {
  const links = new Map<string, string[]>();
  for (const { from, to } of bom.relations) {
    const known = links.get(from);
    if (known === undefined) links.set(from, [to]);
    else known.push(to);
  }
  return links;
}

/** What a component lies in: the application that leads to it, where that says of which type its packages are. */
export function ownersOf(bom: Bom, links: Links): Map<string, Component> {
  const owners = new Map<string, Component>();
  const applications = bom.components.filter(
    (component) => component.kind === 'application' && trivyProperty(component, 'Type') !== undefined,
  );
  const isApplication = new Set(applications.map(({ ref }) => ref));
  for (const application of applications) {
    const open = [...(links.get(application.ref) ?? [])];
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (owners.has(ref) || isApplication.has(ref)) continue;
      owners.set(ref, application);
      open.push(...(links.get(ref) ?? []));
    }
  }
  return owners;
}
