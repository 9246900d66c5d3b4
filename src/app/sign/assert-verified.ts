import type { SigstoreBundle } from '../../envelope/index.ts';
import type { Signer } from '../../sign/index.ts';
import { keyHint, type TrustedRoot } from '../../trust/index.ts';
import { type Artifact, type SignerPolicy, toError, type VerifyPolicy, verifyBundle } from '../../verify/index.ts';

interface Grounds {
  readonly signer: Signer;
  /** Without it, only the signature and what it is over are looked at. */
  readonly trust?: TrustedRoot;
  readonly now: Date;
}

/** A signature that others will refuse must not look like a success. @throws VERIFY_* */
export async function assertVerified(bundle: SigstoreBundle, artifact: Artifact, grounds: Grounds): Promise<void> {
  const { signer, trust, now } = grounds;
  const [looked, policy] =
    trust === undefined ? keyAlone(bundle, signer, now) : [bundle, fullPolicy(bundle, signer, { trust, now })];
  const answer = await verifyBundle(looked, artifact, policy);
  if (answer.outcome === 'not-verified') throw toError(answer.reasons[0]);
}

function fullPolicy(
  { logEntries, timestamps, material }: SigstoreBundle,
  signer: Signer,
  { trust, now }: { readonly trust: TrustedRoot; readonly now: Date },
): VerifyPolicy {
  // Whoever the certificate names is right.
  const anybody: SignerPolicy = { kind: 'identity', identities: [{}] };
  const isKey = material.kind === 'public-key' && signer.kind !== 'token';
  return {
    signer: isKey ? { kind: 'key', key: signer.key.publicKey } : anybody,
    trust,
    now,
    logThreshold: logEntries.length > 0 ? 1 : 0,
    certificateLogThreshold: signer.kind === 'certificate' ? 0 : 1,
    ...(timestamps.length > 0 && { timestampThreshold: 1 }),
  };
}

function keyAlone(bundle: SigstoreBundle, signer: Signer, now: Date): [SigstoreBundle, VerifyPolicy] {
  if (signer.kind === 'token') return [bundle, { signer: { kind: 'identity', identities: [] }, now }];
  const key = signer.key.publicKey;
  const bare: SigstoreBundle = {
    ...bundle,
    material: { kind: 'public-key', hint: keyHint(key) },
    logEntries: [],
    timestamps: [],
  };
  return [bare, { signer: { kind: 'key', key }, now, logThreshold: 0 }];
}
