import { clientCredentialsGrant } from 'openid-client';
import { type LoginAccess, scope } from './access.ts';
import { openIssuer } from './issuer.ts';

/** A program that proves itself with a secret (RFC 6749 section 4.4). */
export async function logInAsClient(access: LoginAccess): Promise<{ readonly id_token?: string }> {
  const config = await openIssuer(access);
  const { redirectUrl } = access;
  return clientCredentialsGrant(config, { scope, ...(redirectUrl !== undefined && { redirect_uri: redirectUrl }) });
}
