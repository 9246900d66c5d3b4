import type { Proof } from '../../policy/index.ts';
import { parsePublicKey, parseTrustedRoot, type TrustedRoot, withGivenMaterial } from '../../trust/index.ts';
import type { VerifyPolicy } from '../../verify/index.ts';

/** How evidence is verified under a proof; whoever has a certificate passes, since policies judge who it is. @throws TRUST_* */
export async function toVerifyPolicy(
  proof: Proof,
  now: Date,
  readRoot: () => Promise<TrustedRoot>,
): Promise<VerifyPolicy> {
  const { by, log, certificateLog, timestamp } = proof;
  const root = proof.trustedRoot === undefined ? await ownRoot(proof, readRoot) : parseTrustedRoot(proof.trustedRoot);
  return {
    signer: by.kind === 'key' ? { kind: 'key', key: parsePublicKey(by.pem) } : { kind: 'identity', identities: [{}] },
    now,
    logThreshold: log.required ? 1 : 0,
    certificateLogThreshold: certificateLog.required ? 1 : 0,
    timestampThreshold: timestamp === undefined ? 0 : 1,
    trust: withGivenMaterial(root, {
      ...(proof.authorities !== undefined && { authorities: proof.authorities }),
      ...(log.key !== undefined && { logKey: log.key }),
      ...(certificateLog.key !== undefined && { certificateLogKey: certificateLog.key }),
      ...(timestamp?.chain !== undefined && { timestampChain: timestamp.chain }),
    }),
  };
}

async function ownRoot(proof: Proof, readRoot: () => Promise<TrustedRoot>): Promise<TrustedRoot | undefined> {
  return needsRoot(proof) ? readRoot() : undefined;
}

/** Whether anything is demanded that the policy does not bring itself. */
function needsRoot({ by, log, certificateLog, authorities, timestamp }: Proof): boolean {
  if (log.required && log.key === undefined) return true;
  if (timestamp !== undefined && timestamp.chain === undefined) return true;
  if (by.kind === 'key') return false;
  return authorities === undefined || (certificateLog.required && certificateLog.key === undefined);
}
