import { isAppError, parseImageReference, repositoryName } from '../core/index.ts';
import {
  type LegacyEvidence,
  parseSimpleSigning,
  type SimpleSigning,
  type Statement,
  simpleSigningType,
  statementOf,
} from '../envelope/index.ts';
import { answerOf, type VerifyAnswer } from './answer.ts';
import { type Artifact, artifactOf } from './artifact.ts';
import { dsseContent, type SignedContent } from './content.ts';
import { verifyError } from './errors.ts';
import type { VerifyPolicy } from './policy.ts';
import { openSigner } from './signer/open.ts';
import type { Signer } from './signer/signer.ts';
import { assertStatement } from './subject.ts';
import { verifyEvidence } from './verify-evidence.ts';

/** What a signature in the older layout is about. */
export type LegacySubject =
  /** An image, which the signed payload or statement must name by its digest. */
  | { readonly kind: 'image'; readonly digest: string }
  /** A file, whose bytes are the payload, or which the statement is about. */
  | { readonly kind: 'blob'; readonly artifact: Artifact };

/** Whether evidence of cosign's older layout proves who signed; as `verifyBundle`, with the payload in place of the artifact. */
export function verifyLegacy(
  evidence: LegacyEvidence,
  subject: LegacySubject,
  policy: VerifyPolicy,
): Promise<VerifyAnswer> {
  return answerOf(async (notes) => {
    const { logEntry, timestamp } = evidence;
    const content = contentOf(evidence);
    const signer = await openLegacySigner(evidence, policy);
    const found = await verifyEvidence({
      content,
      signer,
      logEntries: logEntry === undefined ? [] : [logEntry],
      timestamps: timestamp === undefined ? [] : [timestamp],
      layout: 'legacy',
      policy,
      notes,
    });
    const statement = content.kind === 'dsse' ? statementOf(content.envelope) : undefined;
    if (subject.kind === 'image') assertAbout(evidence, subject.digest, statement, policy);
    else assertAboutBlob(statement, subject.artifact, policy);
    return { ...found, signer: await signer.accept(), ...(statement !== undefined && { statement }) };
  });
}

/** With a key of the verifier's a certificate that is there says nothing. */
function openLegacySigner({ certificates }: LegacyEvidence, policy: VerifyPolicy): Promise<Signer> {
  const isKey = policy.signer.kind === 'key' || certificates === undefined;
  return openSigner(isKey ? { kind: 'public-key', hint: '' } : certificates, policy);
}

/** Checks that what was signed is about the image. */
function assertAbout(
  evidence: LegacyEvidence,
  digest: string,
  statement: Statement | undefined,
  policy: VerifyPolicy,
): void {
  if (statement === undefined) assertPayload(evidence, digest, policy);
  else assertStatement(statement, artifactOfImage(digest), policy);
}

/** A signature of a file is no statement about it, whatever the file holds. @throws VERIFY_STATEMENT_EXPECTED, VERIFY_SUBJECT, VERIFY_PREDICATE_TYPE */
function assertAboutBlob(statement: Statement | undefined, artifact: Artifact, policy: VerifyPolicy): void {
  if (statement !== undefined) assertStatement(statement, artifact, policy);
  else if (policy.statement !== undefined) throw verifyError('VERIFY_STATEMENT_EXPECTED');
}

function contentOf({ content }: LegacyEvidence): SignedContent {
  if (content.kind === 'dsse') return dsseContent(content);
  const artifact = artifactOf(content.payload);
  return { kind: 'message', signature: content.signature, artifact };
}

/** The digest of an image is known by one algorithm only. */
function artifactOfImage(digest: string): Artifact {
  const [algorithm, value] = digest.split(':');
  return { digest: (wanted) => (wanted === algorithm ? value : undefined) };
}

/** Checks that the payload is a signature of an image by this name. @throws VERIFY_PAYLOAD_NAME, VERIFY_PAYLOAD_TYPE */
function assertNamed({ reference, type }: SimpleSigning, wanted: string): void {
  if (type !== simpleSigningType) throw verifyError('VERIFY_PAYLOAD_TYPE', { data: { found: type } });
  if (repositoryOf(reference) === wanted) return;
  throw verifyError('VERIFY_PAYLOAD_NAME', { data: { found: reference, wanted } });
}

/** Undefined for what names no image. */
function repositoryOf(reference: string): string | undefined {
  try {
    return repositoryName(parseImageReference(reference));
  } catch (error) {
    if (isAppError(error, 'CORE_REFERENCE_INVALID')) return undefined;
    throw error;
  }
}

/** Checks what simple signing says of the image. @throws VERIFY_PAYLOAD_*, VERIFY_ANNOTATION */
function assertPayload({ content }: LegacyEvidence, digest: string, policy: VerifyPolicy): void {
  if (policy.statement !== undefined || content.kind === 'dsse') throw verifyError('VERIFY_STATEMENT_EXPECTED');
  const payload = readPayload(content.payload);
  if (payload.digest !== digest) {
    throw verifyError('VERIFY_PAYLOAD_DIGEST', { data: { found: payload.digest, wanted: digest } });
  }
  if (policy.name !== undefined) assertNamed(payload, policy.name);
  for (const [name, value] of Object.entries(policy.annotations ?? {})) {
    if (!Object.hasOwn(payload.annotations, name) || payload.annotations[name] !== value) {
      throw verifyError('VERIFY_ANNOTATION', { data: { name, value } });
    }
  }
}

function readPayload(payload: Buffer): SimpleSigning {
  try {
    return parseSimpleSigning(payload);
  } catch (cause) {
    throw verifyError('VERIFY_PAYLOAD_INVALID', { cause });
  }
}
