import { ecosystems } from '../../ecosystems/registry.ts';
import type { VersionOrder } from '../../versions/index.ts';
import { versionSchemes } from '../../versions/registry.ts';

/** How versions in results of a type (`debian`, `node-pkg`) are ordered; undefined for a type without a known order. */
export type FixOrders = (type: string) => VersionOrder | undefined;

/** Loads every order, so that rendering needs to wait for nothing. */
export async function loadFixOrders(): Promise<FixOrders> {
  const orders = new Map(
    await Promise.all(versionSchemes.all.map(async ({ id, load }) => [id, await load()] as const)),
  );
  const schemes = new Map(
    ecosystems.all.flatMap((ecosystem) => {
      if (ecosystem.kind === 'distribution') return [[ecosystem.id, ecosystem.matching?.versionScheme] as const];
      if (ecosystem.kind !== 'language') return [];
      return ecosystem.resultTypes.map(({ type }) => [type, ecosystem.versionScheme] as const);
    }),
  );
  return (type) => orders.get(schemes.get(type) ?? '');
}
