import {
  type Advisory,
  fullVersion,
  type Package,
  type VulnerabilityStatus,
  vulnerabilityStatuses,
} from '../core/index.ts';
import { describeBounds, liesWithin } from './bounds.ts';
import { isComparable, type Match, type StrategyInput } from './strategy.ts';

/** What an advisory says of one package: versions below `fixedVersion` are vulnerable, or without one every version. */
export interface Claim {
  readonly id: string;
  readonly fixedVersion?: string;
  /** The first affected version, where stated. */
  readonly affectedVersion?: string;
  /** The last affected version, where stated instead of a fix. */
  readonly lastAffectedVersion?: string;
  readonly vendorIds?: readonly string[];
  /** The feed's severity number for this package. */
  readonly severity?: number;
  /** Index into `vulnerabilityStatuses`. */
  readonly status?: number;
}

/** How a feed is read; what it leaves open is as most feeds have it. */
export interface ClaimReader {
  /** The name that advisories file the package under; undefined when they cannot speak of it. */
  readonly lookUp?: (pkg: Package) => string | undefined;
  /** Claims of an advisory that concern the package; by default the advisory is one claim. */
  readonly read?: (advisory: Advisory, pkg: Package) => readonly Claim[];
  /** Chooses among all claims on one package. */
  readonly settle?: (claims: readonly Claim[]) => readonly Claim[];
  /** True where reports do not name the feed as the finding's data source. */
  readonly anonymous?: boolean;
}

/** Looks up every package and keeps the claims that hold for its version. */
export function matchClaims(input: StrategyInput, reader: ClaimReader = {}): Match[] {
  return input.packages.flatMap((pkg) => matchPackage(pkg, input, reader));
}

function matchPackage(pkg: Package, input: StrategyInput, reader: ClaimReader): Match[] {
  const { matching, store, order, note } = input;
  const bucket = matching.bucket(input.os);
  const lookedUp = reader.lookUp === undefined ? defaultName(pkg, input) : reader.lookUp(pkg);
  if (lookedUp === undefined) return [];
  const claims = store.advisories(bucket, lookedUp).flatMap((advisory) => (reader.read ?? readWhole)(advisory, pkg));
  if (claims.length === 0) return [];
  const compared = matching.lookup.version === 'source' ? fullVersion(pkg.source ?? pkg) : fullVersion(pkg);
  if (!isComparable(compared, order, { package: pkg, note })) return [];
  const readable = claims.filter((claim) => isReadable(claim, pkg, input));
  return (reader.settle?.(readable) ?? readable)
    .filter((claim) => isVulnerable(compared, claim, input))
    .map((claim) => toMatch(claim, { bucket, lookedUp, compared }, { pkg, input, reader }));
}

function defaultName(pkg: Package, { matching }: StrategyInput): string {
  return matching.lookup.name === 'source' ? (pkg.source?.name ?? pkg.name) : pkg.name;
}

/** A severity of zero is no judgement. */
function readWhole({ severity, ...told }: Advisory): Claim[] {
  return [{ ...told, ...(severity && { severity }) }];
}

function isReadable(claim: Claim, pkg: Package, { order, note }: StrategyInput): boolean {
  return [claim.fixedVersion, claim.affectedVersion, claim.lastAffectedVersion].every(
    (version) => !version || isComparable(version, order, { package: pkg, advisory: claim.id, note }),
  );
}

/** In feeds of fixes an advisory without one says nothing, unless it says itself that there is none. */
function isVulnerable(version: string, claim: Claim, { order, matching }: StrategyInput): boolean {
  const openEnd = matching.unfixed || claim.status === vulnerabilityStatuses.indexOf('affected');
  return liesWithin(version, claim, order, openEnd);
}

function toMatch(
  claim: Claim,
  looked: { readonly bucket: string; readonly lookedUp: string; readonly compared: string },
  { pkg, input, reader }: { readonly pkg: Package; readonly input: StrategyInput; readonly reader: ClaimReader },
): Match {
  const { severitySource } = input.matching;
  const fixedVersion = claim.fixedVersion && (input.order.normalize?.(claim.fixedVersion) ?? claim.fixedVersion);
  const status: VulnerabilityStatus | undefined = vulnerabilityStatuses[claim.status ?? -1];
  const dataSource = reader.anonymous ? undefined : input.store.dataSource(looked.bucket);
  return {
    id: claim.id,
    package: pkg,
    installedVersion: fullVersion(pkg),
    ...(fixedVersion && { fixedVersion }),
    ...(claim.vendorIds !== undefined && { vendorIds: claim.vendorIds }),
    ...(status !== undefined && { status }),
    ...(claim.severity !== undefined && severitySource !== undefined && { severity: claim.severity, severitySource }),
    ...(dataSource !== undefined && { dataSource }),
    proof: { ...looked, range: describeBounds(claim) },
  };
}
