import { isAppError } from '../../core/index.ts';
import { verifyMessage } from '../keys/signature.ts';
import { schemeOf } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { unknownCriticalExtension, usesOf } from './extensions.ts';
import { oids } from './oids.ts';

/** What a chain is looked for with. */
export interface ChainRequest {
  readonly leaf: Certificate;
  readonly intermediates: readonly Certificate[];
  readonly roots: readonly Certificate[];
  /** Every certificate must be valid then. */
  readonly time: Date;
  /** Object identifier of the extended key usage that the leaf must state. */
  readonly usage: string;
}

/** As many signatures are checked at most for one leaf; what needs more was made to keep the verifier busy. */
const maxChecks = 100;
const maxLength = 10;

/**
 * Every chain from the leaf to a root, the leaf first (RFC 5280 section 6, with the bounds above). None when the leaf
 * or an authority is not valid at the time, may not be used so, or has an extension that must be understood and is not.
 */
export function findChains(request: ChainRequest): Certificate[][] {
  try {
    return new ChainFinder(request).find();
  } catch (error) {
    if (isAppError(error, 'CODEC_ASN1_INVALID')) return [];
    throw error;
  }
}

class ChainFinder {
  readonly #request: ChainRequest;
  readonly #chains: Certificate[][] = [];
  #checks = 0;

  constructor(request: ChainRequest) {
    this.#request = request;
  }

  find(): Certificate[][] {
    const { leaf, usage } = this.#request;
    const usages = usesOf(leaf).extendedUsages ?? [];
    if (this.#isUsable(leaf) && (usages.includes(usage) || usages.includes(oids.anyUsage))) this.#extend([leaf]);
    return this.#chains;
  }

  #extend(chain: readonly Certificate[]): void {
    const child = chain.at(-1);
    if (child === undefined || chain.length >= maxLength) return;
    for (const root of this.#request.roots) {
      if (this.#isIssuer(root, chain, child)) this.#chains.push([...chain, root]);
    }
    for (const authority of this.#request.intermediates) {
      if (chain.some(({ der }) => der.equals(authority.der))) continue;
      if (this.#isIssuer(authority, chain, child)) this.#extend([...chain, authority]);
    }
  }

  #isIssuer(authority: Certificate, chain: readonly Certificate[], child: Certificate): boolean {
    if (!authority.subject.equals(child.issuer) || !this.#isUsable(authority)) return false;
    const { isAuthority, pathLength = maxLength, signsCertificates, extendedUsages } = usesOf(authority);
    if (!isAuthority || !signsCertificates || chain.length - 1 > pathLength) return false;
    const allowed = [this.#request.usage, oids.anyUsage];
    if (extendedUsages !== undefined && !extendedUsages.some((usage) => allowed.includes(usage))) return false;
    return ++this.#checks <= maxChecks && isSignedBy(child, authority);
  }

  #isUsable(certificate: Certificate): boolean {
    const { time } = this.#request;
    return (
      certificate.notBefore <= time &&
      time <= certificate.notAfter &&
      unknownCriticalExtension(certificate) === undefined
    );
  }
}

/** True when the key of `authority` made the signature of `certificate`. */
function isSignedBy(certificate: Certificate, authority: Certificate): boolean {
  const scheme = schemeOf(certificate.signatureAlgorithm);
  if (scheme === undefined) return false;
  try {
    return verifyMessage(authority.publicKey(), scheme, certificate.tbs.bytes, certificate.signature);
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}
