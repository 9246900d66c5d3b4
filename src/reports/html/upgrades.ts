import { type Finding, type Package, type Result, severityRank } from '../../core/index.ts';
import type { VersionOrder } from '../../versions/index.ts';
import type { FixOrders } from './fix-orders.ts';
import { chooseFix } from './fixed-version.ts';
import { compareCounts, countSeverities, type SeverityCounts } from './severity-counts.ts';

/** One change that removes findings: a package, or all packages built from one source, in a newer version. */
export interface Upgrade {
  readonly name: string;
  /** The version that was compared, which may be the source's. */
  readonly from: string;
  /** The version to go to; several in words where their order is not known. */
  readonly to: string;
  readonly type: string;
  readonly class: Result['class'];
  readonly findings: readonly Finding[];
  readonly counts: SeverityCounts;
}

/** The upgrades that remove most findings first, then those that remove the most severe. */
export function findUpgrades(results: readonly Result[], orders: FixOrders): Upgrade[] {
  return results
    .flatMap((result) => upgradesOf(result, orders(result.type)))
    .sort((a, b) => b.findings.length - a.findings.length || compareCounts(a.counts, b.counts) || byName(a, b));
}

function upgradesOf(result: Result, order: VersionOrder | undefined): Upgrade[] {
  const fixable = result.findings.filter(({ fixedVersion }) => fixedVersion !== undefined && fixedVersion !== '');
  const groups = Map.groupBy(fixable, (finding) => `${unitOf(finding.package, result)}\0${comparedOf(finding)}`);
  return [...groups.values()].map((group) => {
    const findings = group.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
    const [first] = group as [Finding, ...Finding[]];
    const from = comparedOf(first);
    const fixes = group.map(({ fixedVersion }) => fixedVersion ?? '');
    return {
      name: unitOf(first.package, result),
      from,
      to: chooseFix(fixes, from, order),
      type: result.type,
      class: result.class,
      findings,
      counts: countSeverities(group),
    };
  });
}

function comparedOf({ proof, installedVersion }: Finding): string {
  return proof?.compared ?? installedVersion;
}

/** What is upgraded: packages of an operating system come from their source together. */
export function unitOf(pkg: Package, { class: resultClass }: Pick<Result, 'class'>): string {
  return (resultClass === 'os-pkgs' ? pkg.source?.name : undefined) ?? pkg.name;
}

function byName(a: Upgrade, b: Upgrade): number {
  const [left, right] = [`${a.name}\0${a.from}`, `${b.name}\0${b.from}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
