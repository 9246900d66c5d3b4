import type { DataSource, Distribution, Ecosystem, LanguageEcosystem } from '../../core/index.ts';
import type { VersionOrder, VersionScheme } from '../../versions/index.ts';
import { homeDatabases } from './data.ts';

/** A place in the store that statements on one ecosystem go to. */
export interface Bucket {
  readonly name: string;
  readonly source: DataSource;
  /** Identifier in the versions registry. */
  readonly scheme: string;
  /** What its records cannot tell. */
  readonly gap?: string;
  /** True for errata, which name the vulnerabilities that they fix as related. */
  readonly errata: boolean;
  /** How a package's name is looked up. */
  readonly lookupName: (name: string) => string;
}

/** Finds the bucket for an ecosystem as a record names it; undefined for ecosystems that no descriptor claims. */
export type FindBucket = (ecosystem: string, recordId: string) => Bucket | undefined;

/** Builds the look-up from what descriptors say of their OSV name. */
export function makeBuckets(ecosystems: readonly Ecosystem[]): FindBucket {
  const byName = new Map<string, Distribution | LanguageEcosystem>();
  for (const ecosystem of ecosystems) {
    if (ecosystem.kind !== 'distribution' && ecosystem.kind !== 'language') continue;
    if (ecosystem.osv !== undefined) byName.set(ecosystem.osv, ecosystem);
  }
  return (ecosystem, recordId) => {
    const [name = '', release = ''] = ecosystem.split(':');
    const owner = byName.get(name);
    if (owner === undefined) return undefined;
    return owner.kind === 'language' ? languageBucket(owner, recordId) : releaseBucket(owner, release);
  };
}

function languageBucket(language: LanguageEcosystem, recordId: string): Bucket | undefined {
  if (language.advisories === undefined) return undefined;
  const prefix = recordId.slice(0, Math.max(0, recordId.indexOf('-'))) || 'records';
  const source = Object.hasOwn(homeDatabases, prefix) ? homeDatabases[prefix] : undefined;
  return {
    name: `${language.advisories}::OSV ${prefix}`,
    source: source ?? { id: 'osv', name: `OSV ${prefix}`, url: 'https://osv.dev/' },
    scheme: language.versionScheme,
    errata: false,
    lookupName: language.advisoryName,
  };
}

/** Releases are written as `v3.18`, `12` or `22.04:LTS`; the descriptor knows what its bucket is called. */
function releaseBucket({ id, title, matching, osvGap }: Distribution, release: string): Bucket | undefined {
  if (matching === undefined) return undefined;
  return {
    name: matching.bucket({ family: id, name: release.replace(/^v(?=\d)/, '') }),
    source: { id, name: `OSV ${title}`, url: 'https://osv.dev/' },
    scheme: matching.versionScheme,
    ...(osvGap !== undefined && { gap: osvGap }),
    errata: true,
    lookupName: (name) => name,
  };
}

/** Version orders by scheme, loaded once. */
export async function loadOrders(
  schemes: { get(id: string): VersionScheme | undefined },
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, VersionOrder>> {
  const orders = new Map<string, VersionOrder>();
  for (const id of ids) {
    const order = await schemes.get(id)?.load();
    if (order !== undefined) orders.set(id, order);
  }
  return orders;
}
