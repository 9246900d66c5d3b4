import type { ClaimName, Claims, SubjectName } from '../../trust/index.ts';
import { verifyError } from '../errors.ts';
import type { IdentityPolicy, TextMatch } from '../policy.ts';

/** Whom a certificate names. */
export interface Identity {
  readonly names: readonly SubjectName[];
  readonly issuer: string;
  readonly claims: Claims;
}

/**
 * Checks that one of the policies accepts the identity: each name of the certificate is tried against it.
 * @throws VERIFY_IDENTITY, VERIFY_IDENTITY_ISSUER, VERIFY_IDENTITY_CLAIM for the last policy, VERIFY_PATTERN_INVALID
 */
export async function assertIdentity(identity: Identity, policies: readonly IdentityPolicy[]): Promise<void> {
  let failure: Error = mismatchOfName(identity);
  for (const policy of policies) {
    const found = await mismatch(identity, policy);
    if (found === undefined) return;
    failure = found;
  }
  throw failure;
}

/** Why the policy does not accept the identity. */
async function mismatch(identity: Identity, policy: IdentityPolicy): Promise<Error | undefined> {
  const { name, issuer, claims = {} } = policy;
  if (issuer !== undefined && !(await matches(identity.issuer, issuer))) {
    return verifyError('VERIFY_IDENTITY_ISSUER', { data: { found: identity.issuer } });
  }
  if (name !== undefined && !(await matchesAny(identity.names, name))) return mismatchOfName(identity);
  for (const [claim, wanted] of Object.entries(claims)) {
    const found = identity.claims[claim as ClaimName] ?? '';
    if (found !== wanted) return verifyError('VERIFY_IDENTITY_CLAIM', { data: { claim, found, wanted } });
  }
  return undefined;
}

function mismatchOfName({ names }: Identity): Error {
  const found = names.map(({ value }) => value).join(', ');
  return verifyError('VERIFY_IDENTITY', { data: { found: found === '' ? 'nobody' : found } });
}

async function matchesAny(names: readonly SubjectName[], match: TextMatch): Promise<boolean> {
  for (const { value } of names) if (await matches(value, match)) return true;
  return false;
}

/** Everything given must hold; a match that gives nothing accepts any text but an empty one. */
async function matches(text: string, { exact, pattern }: TextMatch): Promise<boolean> {
  if (text === '' || (exact !== undefined && text !== exact)) return false;
  if (pattern === undefined) return true;
  const { RE2JS } = await import('re2js');
  try {
    return RE2JS.compile(pattern).matcher(text).find();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw verifyError('VERIFY_PATTERN_INVALID', { data: { pattern, reason } });
  }
}
