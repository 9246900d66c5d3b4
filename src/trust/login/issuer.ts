import {
  allowInsecureRequests,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  None,
} from 'openid-client';
import { isLoopback, isPrivateAddress } from '../../net/index.ts';
import { trustError } from '../errors.ts';
import type { LoginAccess } from './access.ts';
import { toWebFetch } from './web-fetch.ts';

/** Asks an issuer for its endpoints (OpenID Connect Discovery 1.0 section 4). @throws TRUST_LOGIN_FAILED, TRUST_ISSUER_PLAIN, NET_* */
export async function openIssuer({ issuer, clientId, clientSecret, fetch }: LoginAccess): Promise<Configuration> {
  const url = URL.parse(issuer);
  if (url === null) throw trustError('TRUST_LOGIN_FAILED', { data: { issuer, reason: 'it is no address' } });
  const isPlain = url.protocol !== 'https:';
  if (isPlain && !isLoopback(url.hostname) && !isPrivateAddress(url.hostname)) {
    throw trustError('TRUST_ISSUER_PLAIN', { data: { issuer } });
  }
  const secret = clientSecret === undefined ? None() : ClientSecretPost(clientSecret);
  return discovery(url, clientId, undefined, secret, {
    [customFetch]: toWebFetch(fetch),
    ...(isPlain && { execute: [allowInsecureRequests] }),
  });
}
