import { describeError, isAppError } from '../../core/index.ts';
import { findChains, oids, parseCertificatesPem } from '../../trust/index.ts';
import type { Fields } from './fields.ts';
import type { Proof } from './need.ts';
import { readPublicKey } from './public-key.ts';

const maxCertificates = 11;

/**
 * A certificate stands for its key, which its chain must vouch for when there is one; a chain alone is whom to trust.
 * @throws POLICY_KEY_INVALID, POLICY_INVALID
 */
export function certificateProof(fields: Fields): Pick<Proof, 'by' | 'authorities'> {
  const [cert, chain] = [fields.text('cert') ?? '', fields.text('certChain') ?? ''];
  if (chain !== '') readChain(fields, chain);
  if (cert === '') {
    if (chain === '') throw fields.invalid('', 'has neither cert nor certChain');
    return { by: { kind: 'certificate' }, authorities: chain };
  }
  const pem = readPublicKey(fields, 'cert', cert);
  if (chain !== '') assertVouched(fields, pem, chain);
  return { by: { kind: 'key', pem } };
}

function readChain(fields: Fields, chain: string): ReturnType<typeof parseCertificatesPem> {
  try {
    const certificates = parseCertificatesPem(chain);
    if (certificates.length <= maxCertificates) return certificates;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw fields.keyError('certChain', chain, describeError(error));
  }
  throw fields.invalid('certChain', `has more than ${maxCertificates} certificates`);
}

/** The chain is judged as of the day the certificate was issued, as cosign does. */
function assertVouched(fields: Fields, cert: string, chain: string): void {
  const certificates = readChain(fields, chain);
  const [leaf] = parseCertificatesPem(cert);
  const root = certificates.at(-1);
  const intermediates = certificates.slice(0, -1);
  const chains =
    leaf === undefined || root === undefined
      ? []
      : findChains({ leaf, intermediates, roots: [root], time: leaf.notBefore, usage: oids.codeSigning });
  if (chains.length === 0) throw fields.invalid('cert', 'does not lead to the root of certChain');
}
