import { type Advisory, fullVersion, type Package, vulnerabilityStatuses } from '../../../core/index.ts';
import type { VersionOrder } from '../../../versions/index.ts';
import { judged, type Match, type Strategy, type StrategyInput } from '../../strategy.ts';

export const matchFixedVersion: Strategy = (input) => input.packages.flatMap((pkg) => matchPackage(pkg, input));

function matchPackage(pkg: Package, input: StrategyInput): Match[] {
  const { matching, store, order } = input;
  const bucket = matching.bucket(input.os);
  const name = matching.lookup.name === 'source' ? (pkg.source?.name ?? pkg.name) : pkg.name;
  const compared =
    matching.lookup.version === 'source' && pkg.source !== undefined ? fullVersion(pkg.source) : fullVersion(pkg);
  if (compared === '') return [];
  return store
    .advisories(bucket, name)
    .filter((advisory) =>
      judged(() => isVulnerable(compared, advisory, order), { package: pkg, advisory, note: input.note }),
    )
    .map((advisory) => toMatch(pkg, advisory, { bucket, lookedUp: name, compared }, input));
}

/** Without a fixed version every version is vulnerable, from and to the affected ones where the feed states them. */
function isVulnerable(version: string, advisory: Advisory, order: VersionOrder): boolean {
  if (advisory.affectedVersion && order.compare(version, advisory.affectedVersion) < 0) return false;
  if (advisory.lastAffectedVersion && order.compare(version, advisory.lastAffectedVersion) > 0) return false;
  return !advisory.fixedVersion || order.compare(version, advisory.fixedVersion) < 0;
}

function toMatch(
  pkg: Package,
  advisory: Advisory,
  looked: { readonly bucket: string; readonly lookedUp: string; readonly compared: string },
  { store, matching }: StrategyInput,
): Match {
  const { fixedVersion, vendorIds, severity, status } = advisory;
  const dataSource = store.dataSource(looked.bucket);
  const statusName = status === undefined ? undefined : vulnerabilityStatuses[status];
  return {
    id: advisory.id,
    package: pkg,
    installedVersion: fullVersion(pkg),
    ...(fixedVersion && { fixedVersion }),
    ...(vendorIds !== undefined && { vendorIds }),
    ...(statusName !== undefined && { status: statusName }),
    ...(severity && matching.severitySource !== undefined && { severity, severitySource: matching.severitySource }),
    ...(dataSource !== undefined && { dataSource }),
    proof: { ...looked, range: toRange(advisory) },
  };
}

function toRange({ affectedVersion, fixedVersion, lastAffectedVersion }: Advisory): string {
  const upper = fixedVersion ? `<${fixedVersion}` : lastAffectedVersion && `<=${lastAffectedVersion}`;
  return [affectedVersion && `>=${affectedVersion}`, upper].filter(Boolean).join(', ') || 'any';
}
