import type { Package, Result } from '../../core/index.ts';
import type { Component, Relation } from '../model.ts';
import { makeProperties } from '../properties.ts';
import { toComponent } from './package.ts';
import type { References } from './ref.ts';

/** The packages of one result as components, and how they hang together. */
export interface ComponentGroup {
  /** What contains them where that is not the subject itself. */
  readonly application?: Component;
  readonly components: readonly Component[];
  readonly relations: readonly Relation[];
  /** References by package. */
  readonly refs: ReadonlyMap<Package, string>;
}

/** `refOf` tells the references of package URLs that only one package has. */
export function composeGroup(
  result: Result,
  owner: string,
  { references, unique, withOwn }: { references: References; unique: ReadonlySet<string>; withOwn: boolean },
): ComponentGroup {
  const { target, type, packages } = result;
  const application = isGathered(result) ? undefined : toApplication(result, references);
  const refs = new Map<Package, string>();
  const components = packages.map((pkg) => {
    const wanted = pkg.purl !== undefined && unique.has(pkg.purl) ? pkg.purl : undefined;
    const ref = references.take(wanted, [target, type, pkg.filePath, pkg.id, pkg.name, pkg.version, pkg.purl]);
    refs.set(pkg, ref);
    return toComponent(pkg, ref, type, withOwn);
  });
  const within = dependenciesOf(packages, refs);
  const roots = rootsOf([...refs.values()], within);
  const parent = application?.ref ?? owner;
  return {
    ...(application !== undefined && { application }),
    components,
    relations: [
      ...(application === undefined ? [] : [contains(owner, application.ref)]),
      ...roots.map((ref) => contains(parent, ref)),
      ...within,
    ],
    refs,
  };
}

/** OS packages belong to the OS; packages that each name their own file, to the subject. */
function isGathered(result: Result): boolean {
  return result.class === 'os-pkgs' || result.packages.every(({ filePath }) => filePath !== undefined);
}

function toApplication({ target, type }: Result, references: References): Component {
  return {
    ref: references.take(undefined, ['application', type, target]),
    kind: 'application',
    name: target,
    properties: makeProperties({ Type: type, Class: 'lang-pkgs' }),
  };
}

function dependenciesOf(packages: readonly Package[], refs: ReadonlyMap<Package, string>): Relation[] {
  const byId = new Map<string, string>();
  for (const pkg of packages) {
    const ref = refs.get(pkg);
    if (pkg.id !== undefined && ref !== undefined && !byId.has(pkg.id)) byId.set(pkg.id, ref);
  }
  return packages.flatMap((pkg) => {
    const from = refs.get(pkg) ?? '';
    const targets = (pkg.dependsOn ?? []).map((id) => byId.get(id)).filter((ref) => ref !== undefined && ref !== from);
    return [...new Set(targets)].map((to): Relation => ({ from, to: to ?? '', kind: 'depends-on' }));
  });
}

/** Where to begin so that every reference is reached: those that no other depends on, and one of each cycle. */
function rootsOf(refs: readonly string[], relations: readonly Relation[]): string[] {
  const next = Map.groupBy(relations, ({ from }) => from);
  const needed = new Set(relations.map(({ to }) => to));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const open = [start];
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (reached.has(ref)) continue;
      reached.add(ref);
      for (const { to } of next.get(ref) ?? []) open.push(to);
    }
  };
  const roots = refs.filter((ref) => !needed.has(ref));
  roots.forEach(reach);
  for (const ref of refs) {
    if (reached.has(ref)) continue;
    roots.push(ref);
    reach(ref);
  }
  return roots;
}

function contains(from: string, to: string): Relation {
  return { from, to, kind: 'contains' };
}
