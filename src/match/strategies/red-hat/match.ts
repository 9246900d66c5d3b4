import type { Advisory, AdvisoryEntry, Package } from '../../../core/index.ts';
import type { VersionOrder } from '../../../versions/index.ts';
import { type Claim, matchClaims } from '../../claims.ts';
import { modularName } from '../../errata.ts';
import type { Strategy } from '../../strategy.ts';
import { makeProductFinder, type Products } from './products.ts';

/** Builds of other vendors that nothing but their release gives away. */
const foreignSuffixes: readonly string[] = ['.remi'];

/** Advisories that concern a product of the image, one claim for each CVE. */
export const matchRedHat: Strategy = (input) => {
  const productsOf = makeProductFinder(input);
  return matchClaims(input, {
    lookUp: (pkg) => (foreignSuffixes.some((suffix) => pkg.release?.endsWith(suffix)) ? undefined : modularName(pkg)),
    read: (advisory, pkg) => readAdvisory(advisory, pkg, productsOf(pkg.buildInfo)),
    settle: (claims) => latestOfEach(claims, input.order),
    anonymous: true,
  });
};

function readAdvisory(advisory: Advisory, pkg: Package, products: Products): Claim[] {
  return (advisory.entries ?? [])
    .filter((entry) => concerns(entry, pkg, products))
    .flatMap((entry) => toClaims(advisory.id, entry));
}

/** Packages for no architecture are in the errata of all. */
function concerns({ arches = [], affected = [] }: AdvisoryEntry, { arch }: Package, products: Products): boolean {
  const sameArch = arches.length === 0 || arch === undefined || arch === 'noarch' || arches.includes(arch);
  return sameArch && affected.some((index) => products.has(index));
}

/** Open flaws are filed under the CVE; errata under their own id, with the CVEs that they fix. */
function toClaims(id: string, { cves = [], fixedVersion, status }: AdvisoryEntry): Claim[] {
  const isErratum = !id.startsWith('CVE-');
  return cves.flatMap((cve) => {
    const flaw = isErratum ? cve.id : id;
    if (flaw === undefined) return [];
    return [
      {
        id: flaw,
        severity: cve.severity ?? 0,
        ...(fixedVersion && { fixedVersion }),
        ...(fixedVersion && isErratum && { vendorIds: [id] }),
        ...(status !== undefined && { status }),
      },
    ];
  });
}

/** Of several fixes of one CVE the last counts: an earlier one may have been incomplete. */
function latestOfEach(claims: readonly Claim[], order: VersionOrder): Claim[] {
  const latest = new Map<string, Claim>();
  for (const claim of claims) {
    const known = latest.get(claim.id);
    if (known === undefined || isLater(claim, known, order)) latest.set(claim.id, claim);
  }
  return [...latest.values()];
}

function isLater({ fixedVersion }: Claim, known: Claim, order: VersionOrder): boolean {
  if (!fixedVersion) return false;
  return !known.fixedVersion || order.compare(known.fixedVersion, fixedVersion) < 0;
}
