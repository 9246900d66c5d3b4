import type { Application, Ecosystem, Inventory, LanguageEcosystem, Package } from '../../core/index.ts';
import type { Component, DecodedBom } from '../model.ts';
import { type Links, linksOf, ownersOf } from './graph.ts';
import { isForeign, makeKinds, type PackageKinds } from './kinds.ts';
import { describeGaps } from './notes.ts';
import { findOperatingSystem } from './operating-system.ts';
import { toLanguagePackage, toSystemPackage } from './package.ts';
import { type SortedComponents, sortComponents } from './sort.ts';

/** The inventory that an SBOM states, as if its target had been read; what it lacks for a judgement is in the coverage. */
export function toInventory(bom: DecodedBom, ecosystems: readonly Ecosystem[]): Inventory {
  const kinds = makeKinds(ecosystems);
  const sorted = sortComponents(bom, kinds);
  const purls = sorted.system.flatMap(({ purl }) => (purl === undefined ? [] : [purl]));
  const os = findOperatingSystem(bom, purls, ecosystems);
  const packageFormat = mostCommon(sorted.system.map(({ format }) => format.id));
  const links = linksOf(bom);
  const system = sorted.system.map((identified) => ({
    ...identified,
    pkg: toSystemPackage(identified, identified.format),
  }));
  const systemPackages = withDependencies(system, links);
  const foreign = system.filter(
    ({ purl, format }) =>
      format.id !== packageFormat || (purl !== undefined && os !== undefined && isForeign(purl, os, format)),
  ).length;
  return {
    ...(os !== undefined && { os }),
    ...(packageFormat !== undefined && { packageFormat }),
    systemPackages,
    applications: toApplications(bom, sorted, links, kinds),
    archives: [],
    coverage: {
      catalogers: [{ cataloger: 'sbom', files: 1, packages: sorted.system.length + sorted.languages.length }],
      notes: describeGaps(bom, sorted, { os, systemPackages, foreign }, ecosystems),
    },
  };
}

interface Linked {
  readonly component: Component;
  readonly pkg: Package;
}

/** Packages with what they depend on among each other. */
function withDependencies(linked: readonly Linked[], links: Links): Package[] {
  const ids = new Map(linked.map(({ component, pkg }) => [component.ref, pkg.id]));
  return linked.map(({ component, pkg }) => {
    const targets = (links.get(component.ref) ?? []).map((ref) => ids.get(ref)).filter((id) => id !== undefined);
    const dependsOn = [...new Set(targets)].sort();
    return dependsOn.length === 0 ? pkg : { ...pkg, dependsOn };
  });
}

function toApplications(bom: DecodedBom, sorted: SortedComponents, links: Links, kinds: PackageKinds): Application[] {
  const owners = ownersOf(bom, links);
  const groups = Map.groupBy(sorted.languages, ({ component, type, language }) => {
    const owner = owners.get(component.ref);
    return JSON.stringify([type, pathOf(owner, type, language)]);
  });
  return [...groups].map(([key, members]) => {
    const [type, path] = JSON.parse(key) as [string, string | null];
    const language = kinds.byResultType.get(type);
    const linked = members.map((member) => ({ ...member, pkg: toLanguagePackage(member, language) }));
    const packages = withDependencies(linked, links);
    return { type, ...(path !== null && { path }), packages };
  });
}

/** The file an application stands for; packages gathered from many files have an application of their own name, or none. */
function pathOf(
  owner: Component | undefined,
  type: string,
  language: LanguageEcosystem | undefined,
): string | undefined {
  const aggregate = language?.resultTypes.find((resultType) => resultType.type === type)?.aggregate;
  return owner === undefined || owner.name === aggregate ? undefined : owner.name;
}

function mostCommon(items: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
