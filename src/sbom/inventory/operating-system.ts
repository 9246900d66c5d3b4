import type { Distribution, Ecosystem, OperatingSystem, PackageUrl } from '../../core/index.ts';
import type { Bom, Component } from '../model.ts';
import { ownProperty } from '../properties.ts';

/** The operating system that an SBOM states as a component, or that the package URLs of OS packages name. */
export function findOperatingSystem(
  bom: Bom,
  purls: readonly PackageUrl[],
  ecosystems: readonly Ecosystem[],
): OperatingSystem | undefined {
  const distributions = ecosystems.filter((ecosystem) => ecosystem.kind === 'distribution');
  const stated = [...(bom.subject === undefined ? [] : [bom.subject]), ...bom.components].find(
    ({ kind }) => kind === 'operating-system',
  );
  return stated === undefined ? fromPurls(purls, distributions) : fromComponent(stated, distributions);
}

function fromComponent(component: Component, distributions: readonly Distribution[]): OperatingSystem {
  const { name, version = '' } = component;
  const repositoryRelease = ownProperty(component, 'RepositoryRelease');
  return {
    ...(recognise(name, version, distributions) ?? { family: name.toLowerCase(), name: version }),
    ...(repositoryRelease !== undefined && { repositoryRelease }),
  };
}

/** Most package URLs decide, for a package of another origin may be among them. */
function fromPurls(purls: readonly PackageUrl[], distributions: readonly Distribution[]): OperatingSystem | undefined {
  const counts = new Map<string, number>();
  for (const purl of purls) {
    const distro = purl.qualifiers?.['distro'] ?? '';
    const key = JSON.stringify([distro, purl.namespace ?? '']);
    if (distro !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) return undefined;
  const [distro = '', namespace = ''] = JSON.parse(most[0]) as [string, string];
  return fromDistro(distro, namespace, distributions);
}

/** `debian-12.5`, `opensuse-leap-15.5`, or the release alone beside the namespace (`3.18.3`). */
function fromDistro(
  distro: string,
  namespace: string,
  distributions: readonly Distribution[],
): OperatingSystem | undefined {
  const dash = distro.lastIndexOf('-');
  const split = dash < 0 ? undefined : recognise(distro.slice(0, dash), distro.slice(dash + 1), distributions);
  return split ?? recognise(namespace, distro, distributions);
}

/** By our own identifier, or as the `ID` and `VERSION_ID` of os-release would be. */
function recognise(id: string, versionId: string, distributions: readonly Distribution[]): OperatingSystem | undefined {
  const family = id.toLowerCase();
  if (distributions.some((distribution) => distribution.id === family)) return { family, name: versionId };
  const record = { kind: 'os-release', id: family, versionId } as const;
  const ordered = [...distributions].sort((a, b) => Number(a.generic ?? false) - Number(b.generic ?? false));
  for (const distribution of ordered) {
    const release = distribution.recognise([record]);
    if (release !== undefined) return { family: distribution.id, name: release };
  }
  return undefined;
}
