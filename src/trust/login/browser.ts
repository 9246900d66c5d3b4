import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { trustError } from '../errors.ts';
import { type LoginAccess, scope } from './access.ts';
import { listenForCallback } from './callback.ts';
import { openIssuer } from './issuer.ts';

/** The authorization code flow with PKCE, and a listener on this machine that the browser is sent back to (RFC 8252 section 7.3). */
export async function logInWithBrowser(access: LoginAccess): Promise<{ readonly id_token?: string }> {
  const { issuer, say, openBrowser, signal, redirectUrl, log, patience } = access;
  const config = await openIssuer(access);
  if (!config.serverMetadata().supportsPKCE()) {
    throw trustError('TRUST_LOGIN_FAILED', { data: { issuer, reason: 'it does not offer PKCE with S256' } });
  }
  const [pkceCodeVerifier, expectedState, expectedNonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
  const callback = await listenForCallback({ state: expectedState, redirectUrl, log, signal, patience });
  try {
    const address = buildAuthorizationUrl(config, {
      redirect_uri: callback.redirectUrl,
      scope,
      code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    });
    const isOpened = await openBrowser(address.href);
    await say(
      `${isOpened ? 'Your browser will now be opened to' : 'Open this address in a browser'}:\n${address.href}\n`,
    );
    const answer = await callback.answer;
    return await authorizationCodeGrant(config, answer, {
      pkceCodeVerifier,
      expectedState,
      expectedNonce,
      idTokenExpected: true,
    });
  } finally {
    await callback.close();
  }
}
