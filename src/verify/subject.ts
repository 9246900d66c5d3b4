import { hashNames, type Statement, type Subject } from '../envelope/index.ts';
import type { Artifact } from './artifact.ts';
import { verifyError } from './errors.ts';
import type { VerifyPolicy } from './policy.ts';

/** Checks that the statement is about the artifact, and of the type asked for. @throws VERIFY_SUBJECT, VERIFY_ANNOTATION, VERIFY_PREDICATE_TYPE */
export function assertStatement(signed: Statement, artifact: Artifact, policy: VerifyPolicy): void {
  const { annotations = {}, statement: { predicateType } = {} } = policy;
  const subjects = signed.subjects.filter((subject) => isSubject(subject, artifact));
  if (subjects.length === 0) throw verifyError('VERIFY_SUBJECT');
  for (const [name, value] of Object.entries(annotations)) {
    if (!subjects.some((subject) => subject.annotations[name] === value)) {
      throw verifyError('VERIFY_ANNOTATION', { data: { name, value } });
    }
  }
  if (predicateType !== undefined && signed.predicateType !== predicateType) {
    throw verifyError('VERIFY_PREDICATE_TYPE', { data: { found: signed.predicateType, wanted: predicateType } });
  }
}

/** One digest that is equal is enough, as in cosign: in-toto lets a subject have several (digest_set.md). */
function isSubject({ digest }: Subject, artifact: Artifact): boolean {
  return hashNames.some((name) => Object.hasOwn(digest, name) && digest[name] === artifact.digest(name));
}
