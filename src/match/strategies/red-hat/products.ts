import type { AdvisoryStore, BuildInfo } from '../../../core/index.ts';
import { onceForEach } from '../../../kit/memoize.ts';
import type { StrategyInput } from '../../strategy.ts';
import { defaultContentSets } from './data.ts';

/** Numbers of the product names (CPE) that advisories refer to. */
export type Products = ReadonlySet<number>;

/** Finds the products that packages of an image build belong to. Builds that the data does not know are noted, once each. */
export function makeProductFinder({ os, store, note }: StrategyInput): (build: BuildInfo | undefined) => Products {
  const major = os.name.split('.')[0] ?? '';
  const byContent = onceForEach((key: string): Products => {
    const build = key === '' ? undefined : (JSON.parse(key) as BuildInfo);
    const products = build === undefined ? ofContentSets(store, defaultContentSets[major]) : ofBuild(store, build);
    if (products.size > 0) return products;
    note({
      effect: 'incomplete',
      code: 'data-missing',
      message: `The advisory data knows no product of the repositories that packages of ${describe(build, major)} come from`,
    });
    return products;
  });
  return onceForEach((build) => byContent(build === undefined ? '' : JSON.stringify(build)));
}

function ofBuild(store: AdvisoryStore, { contentSets, nvr, arch }: BuildInfo): Products {
  const named = nvr === undefined ? [] : indices(store.value(['Red Hat CPE', 'nvr'], `${nvr}-${arch ?? ''}`));
  return new Set([...ofContentSets(store, contentSets), ...named]);
}

function ofContentSets(store: AdvisoryStore, contentSets: readonly string[] = []): Products {
  return new Set(contentSets.flatMap((name) => indices(store.value(['Red Hat CPE', 'repository'], name))));
}

function indices(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}

function describe(build: BuildInfo | undefined, major: string): string {
  return build === undefined ? `release ${major}` : `the image build ${build.nvr ?? 'without a name'}`;
}
