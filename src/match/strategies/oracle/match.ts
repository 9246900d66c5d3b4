import type { Advisory, Package } from '../../../core/index.ts';
import { type Claim, matchClaims } from '../../claims.ts';
import { entriesFor } from '../../errata.ts';
import type { Strategy } from '../../strategy.ts';

/** Errata of Oracle Linux concern packages of their own flavour alone. */
export const matchOracle: Strategy = (input) => matchClaims(input, { read: readErratum });

function readErratum(advisory: Advisory, pkg: Package): Claim[] {
  const statements = advisory.entries?.length ? entriesFor(advisory, pkg) : [advisory];
  return statements
    .filter(({ fixedVersion = '' }) => flavourOf(fixedVersion) === flavourOf(pkg.release ?? ''))
    .map(({ fixedVersion }) => ({ id: advisory.id, ...(fixedVersion && { fixedVersion }) }));
}

/** Validated by FIPS (`…_fips`), patched while running (`….ksplice1.…`), or neither. */
function flavourOf(release: string): 'fips' | 'ksplice' | 'normal' {
  const text = release.toLowerCase();
  if (text.endsWith('_fips')) return 'fips';
  return text.split('.').some((part) => part.startsWith('ksplice')) ? 'ksplice' : 'normal';
}
