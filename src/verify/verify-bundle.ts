import { type SigstoreBundle, statementOf, type VerificationMaterial } from '../envelope/index.ts';
import { answerOf, type VerifyAnswer } from './answer.ts';
import type { Artifact } from './artifact.ts';
import { contentOf } from './content.ts';
import { verifyError } from './errors.ts';
import type { VerifyPolicy } from './policy.ts';
import { openSigner } from './signer/open.ts';
import { assertStatement } from './subject.ts';
import { verifyEvidence } from './verify-evidence.ts';

/**
 * Whether the bundle proves that a signer whom the policy accepts signed the artifact. Checked are, in this order, log
 * entries, times, certificate, signature, subject and identity; what does not hold is an answer, never an error.
 */
export function verifyBundle(bundle: SigstoreBundle, artifact: Artifact, policy: VerifyPolicy): Promise<VerifyAnswer> {
  return answerOf(async (notes) => {
    const content = contentOf(bundle, artifact);
    const signer = await openSigner(materialOf(bundle), policy);
    const { logEntries, timestamps } = bundle;
    const found = await verifyEvidence({ content, signer, logEntries, timestamps, layout: 'bundle', policy, notes });
    if (content.kind === 'message') {
      if (policy.statement !== undefined) throw verifyError('VERIFY_STATEMENT_EXPECTED');
      return { ...found, signer: await signer.accept() };
    }
    const statement = statementOf(content.envelope);
    assertStatement(statement, artifact, policy);
    return { ...found, signer: await signer.accept(), statement };
  });
}

/** Versions before 0.3 bring chains, of which only the certificate of the signer counts: whom to trust is known here. */
function materialOf({ material, version }: SigstoreBundle): VerificationMaterial {
  const [certificate] = material.kind === 'chain' && version !== '0.3' ? material.certificates : [];
  return certificate === undefined ? material : { kind: 'certificate', certificate };
}
