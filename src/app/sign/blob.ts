import { createHash } from 'node:crypto';
import { makeStatement } from '../../sign/index.ts';
import { artifactOfDigest } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import { subjectOf } from './bundle.ts';
import type { AttestBlobInput, MadeSignature, SignBlobInput } from './input.ts';
import { toMade } from './made.ts';
import { openSession } from './session.ts';

/** Signs bytes; what was signed is verified before it is told. @throws TRUST_*, NET_*, VERIFY_* */
export async function signBytes(input: SignBlobInput, context: AppContext): Promise<MadeSignature> {
  const session = await openSession(input, 'artifact', context);
  const bundle = await session.sign({ kind: 'artifact', bytes: input.artifact });
  return toMade(bundle, input.artifact, session.key);
}

/** Signs a statement about bytes, or one that is there already. @throws SIGN_PREDICATE_INVALID, ENVELOPE_STATEMENT_INVALID, TRUST_*, NET_*, VERIFY_* */
export async function attestBytes(input: AttestBlobInput, context: AppContext): Promise<MadeSignature> {
  const { claim } = input;
  const session = await openSession(input, 'statement', context);
  if (claim.kind === 'statement') {
    const bytes = Buffer.from(claim.statement);
    const bundle = await session.sign({ kind: 'statement', bytes, about: subjectOf(bytes) });
    return toMade(bundle, bytes, session.key);
  }
  const { type, predicate, name } = claim;
  const digest = 'digest' in claim ? claim.digest : createHash('sha256').update(claim.artifact).digest('hex');
  const bytes = makeStatement({ type, predicate, name, digest, time: context.clock.now() });
  const bundle = await session.sign({ kind: 'statement', bytes, about: artifactOfDigest('sha256', digest) });
  return toMade(bundle, bytes, session.key);
}
