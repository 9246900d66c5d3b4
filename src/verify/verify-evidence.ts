import type { LogEntry } from '../envelope/index.ts';
import type { Reason, Verified } from './answer.ts';
import type { SignedContent } from './content.ts';
import { verifyError } from './errors.ts';
import type { VerifiedEntries } from './log/verify-entries.ts';
import type { VerifyPolicy } from './policy.ts';
import { assertSignature } from './signature.ts';
import type { Signer } from './signer/signer.ts';
import { observeTimes } from './time/observed.ts';

/** A signature with what proves it, in whichever layout it was found. */
export interface EvidenceRequest {
  readonly content: SignedContent;
  readonly signer: Signer;
  readonly logEntries: readonly LogEntry[];
  readonly timestamps: readonly Buffer[];
  readonly layout: Verified['layout'];
  readonly policy: VerifyPolicy;
  readonly notes: Reason[];
}

/** Everything of the answer but who signed, which is looked at last. */
export type ProvenEvidence = Omit<Verified, 'signer' | 'statement'>;

/** Checks log entries, times, certificate and signature, in this order. @throws VERIFY_* for the first that does not hold */
export async function verifyEvidence(request: EvidenceRequest): Promise<ProvenEvidence> {
  const { content, signer, timestamps: tokens, layout, policy, notes } = request;
  const { logs, times: logTimes } = await checkLogs(request);
  const times = await observeTimes({ tokens, signature: content.signature, logTimes, policy, notes });
  signer.assertTrusted(times);
  await assertSignature(content, signer.key);
  return { outcome: 'verified', times, logs, layout, notes };
}

/** Logs are left out when none is asked for, as their times are then. */
async function checkLogs(request: EvidenceRequest): Promise<VerifiedEntries> {
  const { content, signer, logEntries: entries, layout, policy, notes } = request;
  const { trust, logThreshold: threshold = 1 } = policy;
  const { key, certificate } = signer;
  if (threshold === 0) return { logs: [], times: [] };
  if (trust === undefined) throw verifyError('VERIFY_TRUST_MISSING', { data: { what: 'the log entries' } });
  const { verifyEntries } = await import('./log/verify-entries.ts');
  const subject = { content, key, layout, ...(certificate !== undefined && { certificate: certificate.der }) };
  return verifyEntries({
    entries,
    trust,
    subject,
    threshold,
    notes,
    ...(certificate !== undefined && { certificate }),
  });
}
