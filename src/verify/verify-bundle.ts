import { type SigstoreBundle, type Statement, statementOf } from '../envelope/index.ts';
import { answerOf, type Reason, type VerifyAnswer } from './answer.ts';
import type { Artifact } from './artifact.ts';
import { contentOf, type SignedContent } from './content.ts';
import { verifyError } from './errors.ts';
import type { VerifiedEntries } from './log/verify-entries.ts';
import type { VerifyPolicy } from './policy.ts';
import { assertSignature } from './signature.ts';
import { openSigner } from './signer/open.ts';
import type { Signer } from './signer/signer.ts';
import { assertStatement } from './subject.ts';
import { observeTimes } from './time/observed.ts';

/**
 * Whether the bundle proves that a signer whom the policy accepts signed the artifact. Checked are, in this order, log
 * entries, times, certificate, signature, subject and identity; what does not hold is an answer, never an error.
 */
export function verifyBundle(bundle: SigstoreBundle, artifact: Artifact, policy: VerifyPolicy): Promise<VerifyAnswer> {
  return answerOf(async (notes) => {
    const content = contentOf(bundle, artifact);
    const signer = await openSigner(bundle.material, policy);
    const { logs, times: logTimes } = await checkLogs(bundle, content, signer, policy, notes);
    const { signature } = content;
    const times = await observeTimes({ tokens: bundle.timestamps, signature, logTimes, policy, notes });
    signer.assertTrusted(times);
    await assertSignature(content, signer.key);
    const statement = readStatement(content);
    if (statement !== undefined) assertStatement(statement, artifact, policy);
    else if (policy.statement !== undefined) throw verifyError('VERIFY_STATEMENT_EXPECTED');
    return {
      outcome: 'verified',
      signer: await signer.accept(),
      times,
      logs,
      layout: 'bundle',
      ...(statement !== undefined && { statement }),
      notes,
    };
  });
}

/** Logs are left out when none is asked for, as their times are then. */
async function checkLogs(
  { logEntries: entries }: SigstoreBundle,
  content: SignedContent,
  { key, certificate }: Signer,
  policy: VerifyPolicy,
  notes: Reason[],
): Promise<VerifiedEntries> {
  const { trust, logThreshold: threshold = 1 } = policy;
  if (threshold === 0) return { logs: [], times: [] };
  if (trust === undefined) throw verifyError('VERIFY_TRUST_MISSING', { data: { what: 'the log entries' } });
  const { verifyEntries } = await import('./log/verify-entries.ts');
  const subject = { content, key, ...(certificate !== undefined && { certificate: certificate.der }) };
  return verifyEntries({
    entries,
    trust,
    subject,
    threshold,
    notes,
    ...(certificate !== undefined && { certificate }),
  });
}

function readStatement(content: SignedContent): Statement | undefined {
  return content.kind === 'dsse' ? statementOf(content.envelope) : undefined;
}
