import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { describeError, isAppError } from '../../core/index.ts';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { trustError } from '../errors.ts';

const maxReason = 300;

/** The token that a login ended with; what the library throws becomes one of our errors. @throws TRUST_LOGIN_FAILED, TRUST_LOGIN_REFUSED, NET_* */
export async function tokenOf(issuer: string, log: () => Promise<{ readonly id_token?: string }>): Promise<string> {
  let token: string | undefined;
  try {
    token = (await log()).id_token;
  } catch (error) {
    throw explained(issuer, error);
  }
  if (token !== undefined) return token;
  throw trustError('TRUST_LOGIN_FAILED', { data: { issuer, reason: 'there is no identity token in its answer' } });
}

/** Our own errors lie below those of the library; the latter may hold tokens, and are not passed on. */
function explained(issuer: string, error: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (isAppError(cause) || cause.name === 'AbortError') return cause;
  }
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    const { error: code, error_description: description } = error;
    const reason = shown(description === undefined ? code : `${code}: ${description}`);
    return trustError('TRUST_LOGIN_REFUSED', { data: { issuer, reason } });
  }
  return trustError('TRUST_LOGIN_FAILED', { data: { issuer, reason: shown(describeError(error)) } });
}

function shown(text: string): string {
  return toVisibleLine(text).slice(0, maxReason);
}
