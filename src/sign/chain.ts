import { type Certificate, findChains, oids } from '../trust/index.ts';
import { signError } from './errors.ts';

/** Checks that a chain leads from the certificate to the root that it ends with. @throws SIGN_CHAIN_INVALID */
export function assertChain(leaf: Certificate, chain: readonly Certificate[], time: Date): void {
  const found = findChains({
    leaf,
    intermediates: chain.slice(0, -1),
    roots: chain.slice(-1),
    time,
    usage: oids.codeSigning,
  });
  if (found.length === 0) throw signError('SIGN_CHAIN_INVALID');
}
