import type { VerificationMaterial } from '../../envelope/index.ts';
import { verifyError } from '../errors.ts';
import type { IdentityPolicy, VerifyPolicy } from '../policy.ts';
import { assertIdentity } from './identity.ts';
import type { Signer } from './signer.ts';
import { assertTrusted, identityOf, readSigner } from './trusted-certificate.ts';

/** A signer whom a certificate names. @throws VERIFY_CERTIFICATE_INVALID, VERIFY_TRUST_MISSING */
export function certificateSigner(
  material: Exclude<VerificationMaterial, { kind: 'public-key' }>,
  identities: readonly IdentityPolicy[],
  policy: VerifyPolicy,
): Signer {
  const { trust, certificateLogThreshold = 1 } = policy;
  if (trust === undefined) throw verifyError('VERIFY_TRUST_MISSING', { data: { what: 'the certificate' } });
  const certificates = readSigner(material);
  const { leaf } = certificates;
  return {
    key: leaf.publicKey(),
    certificate: leaf,
    assertTrusted: (times) => assertTrusted(certificates, trust, times, certificateLogThreshold),
    async accept() {
      const identity = identityOf(leaf);
      await assertIdentity(identity, identities);
      return { kind: 'certificate', certificate: leaf.der, ...identity };
    },
  };
}
