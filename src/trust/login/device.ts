import {
  calculatePKCECodeChallenge,
  initiateDeviceAuthorization,
  pollDeviceAuthorizationGrant,
  randomPKCECodeVerifier,
} from 'openid-client';
import { toVisibleLine } from '../../kit/visible-text.ts';
import { type LoginAccess, scope } from './access.ts';
import { openIssuer } from './issuer.ts';

/** A code that a person enters in a browser elsewhere (RFC 8628), with PKCE, which Sigstore's issuer demands here too. */
export async function logInWithDevice(access: LoginAccess): Promise<{ readonly id_token?: string }> {
  const { say, signal } = access;
  const config = await openIssuer(access);
  const verifier = randomPKCECodeVerifier();
  const started = await initiateDeviceAuthorization(config, {
    scope,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const address = started.verification_uri_complete ?? started.verification_uri;
  await say(
    `Enter the verification code ${toVisibleLine(started.user_code)} in your browser at: ${toVisibleLine(address)}\nCode will be valid for ${started.expires_in} seconds\n`,
  );
  const given = { scope, code_verifier: verifier };
  return pollDeviceAuthorizationGrant(config, started, given, signal === undefined ? {} : { signal });
}
