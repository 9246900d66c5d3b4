import type { VerificationMaterial } from '../../envelope/index.ts';
import { isWithin, keyId } from '../../trust/index.ts';
import { verifyError } from '../errors.ts';
import type { SignerPolicy, VerifyPolicy } from '../policy.ts';
import type { Signer } from './signer.ts';

type KeyPolicy = Extract<SignerPolicy, { readonly kind: 'key' }>;

/**
 * The signer that evidence names. The machinery of certificates is loaded only for evidence that has one.
 * @throws VERIFY_KEY_EXPECTED, VERIFY_CERTIFICATE_EXPECTED, VERIFY_CERTIFICATE_INVALID, VERIFY_TRUST_MISSING
 */
export async function openSigner(material: VerificationMaterial, policy: VerifyPolicy): Promise<Signer> {
  const { signer } = policy;
  if (material.kind === 'public-key') {
    if (signer.kind !== 'key') throw verifyError('VERIFY_CERTIFICATE_EXPECTED');
    return keySigner(signer, policy.now);
  }
  if (signer.kind !== 'identity') throw verifyError('VERIFY_KEY_EXPECTED');
  const { certificateSigner } = await import('./certificate-signer.ts');
  return certificateSigner(material, signer.identities, policy);
}

/** A key is its own identity, and trusted at all times unless it has a window. */
function keySigner({ key, validity = {} }: KeyPolicy, now: Date): Signer {
  return {
    key,
    assertTrusted: (times) => {
      const moments = times.length === 0 ? [now] : times.map(({ at }) => at);
      const outside = moments.find((at) => !isWithin(validity, at));
      if (outside !== undefined) throw verifyError('VERIFY_KEY_WINDOW', { data: { time: outside.toISOString() } });
    },
    accept: async () => ({ kind: 'key', id: keyId(key).toString('hex') }),
  };
}
