import { describeError, type Fetch, type HttpRequest, isAppError } from '../../core/index.ts';
import { isLoopback, readWholeBody } from '../../net/index.ts';
import type { RegistryCredential } from '../credentials/credential.ts';
import { ociError } from '../errors.ts';
import { parseObject } from '../manifest.ts';
import type { Challenge, Challenger } from './challenge.ts';

export interface TokenContext {
  readonly fetch: Fetch;
  /** True for hosts that may be talked to in plain http. */
  readonly mayBePlain: (host: string) => boolean;
}

export interface TokenWish {
  readonly challenger: Challenger;
  readonly bearer: Challenge;
  readonly scopes: readonly string[];
  readonly credential: RegistryCredential | undefined;
}

const maxTokenBody = 1024 * 1024;
const clientId = 'plimsoll';

export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** What a token service answers; one of the two names of the token is there. */
export interface TokenAnswer {
  readonly token: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds, as the service says; 0 when it does not. */
  readonly expiresIn: number;
}

/** @throws as `fetchTokenAnswer` */
export async function fetchToken(wish: TokenWish, context: TokenContext, signal?: AbortSignal): Promise<string> {
  const { token, accessToken } = await fetchTokenAnswer(wish, context, signal);
  return token || accessToken;
}

/**
 * Gets a token from the service that a challenge names: by GET, or with an identity token by POST (distribution
 * "Token Authentication Specification" and "OAuth2 Token Authentication"). @throws OCI_AUTH_REFUSED, OCI_TOKEN_FAILED, OCI_UNAUTHORIZED
 */
export async function fetchTokenAnswer(
  wish: TokenWish,
  context: TokenContext,
  signal?: AbortSignal,
): Promise<TokenAnswer> {
  const realm = parseRealm(wish, context);
  const request = wish.credential?.kind === 'identity' ? refreshRequest(wish, realm) : tokenRequest(wish, realm);
  const host = wish.challenger.place.host;
  const fail = (reason: string, cause?: unknown): Error =>
    ociError('OCI_TOKEN_FAILED', { data: { host, realm: realm.origin, reason }, cause });
  const response = await context.fetch({ ...request, ...(signal !== undefined && { signal }) }).catch((error) => {
    throw isAppError(error) && !error.retryable ? fail(describeError(error), error) : error;
  });
  const body = await readWholeBody(response, realm.host, maxTokenBody);
  if (response.status === 401 || response.status === 403) {
    const detail = wish.credential === undefined ? 'its token service refuses anonymous access' : 'the login is wrong';
    throw ociError('OCI_UNAUTHORIZED', { data: { host, repository: wish.challenger.place.repository, detail } });
  }
  if (response.status === 429 || response.status >= 500) {
    const data = { host: realm.host, status: response.status, detail: 'token service' };
    throw ociError(response.status === 429 ? 'OCI_RATE_LIMITED' : 'OCI_REGISTRY_FAILED', { data });
  }
  if (response.status !== 200) throw fail(`it answered with status ${response.status}`);
  const answer = toAnswer(parseObject(body) ?? {});
  if (!/^[\x21-\x7e]+$/.test(answer.token || answer.accessToken)) throw fail('its answer has no token');
  return answer;
}

function toAnswer(json: Readonly<Record<string, unknown>>): TokenAnswer {
  const text = (key: string): string => (typeof json[key] === 'string' ? json[key] : '');
  const expiresIn = json['expires_in'];
  return {
    token: text('token'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    expiresIn: typeof expiresIn === 'number' ? expiresIn : 0,
  };
}

/**
 * A realm comes from the network: it must be http(s), must not leave TLS that the registry had, and must not carry a
 * login. A registry that has not proved its name gets no say in where credentials go.
 */
function parseRealm({ challenger, bearer, credential }: TokenWish, { mayBePlain }: TokenContext): URL {
  const { place, url, trusted } = challenger;
  const refuse = (reason: string): never => {
    throw ociError('OCI_AUTH_REFUSED', { data: { host: place.host, reason } });
  };
  const text = bearer.parameters['realm'] ?? refuse('the challenge names no token service');
  const realm = URL.canParse(text) ? new URL(text) : refuse('the token service is not a URL');
  if (realm.protocol !== 'https:' && realm.protocol !== 'http:') {
    refuse('the token service is neither https nor http');
  }
  if (realm.username !== '' || realm.password !== '') refuse('the address of the token service carries credentials');
  if (realm.protocol === 'http:' && url.protocol === 'https:') refuse('the token service would leave TLS');
  if (realm.protocol === 'http:' && !isLoopback(realm.hostname) && !mayBePlain(realm.host)) {
    refuse('the token service is not encrypted');
  }
  if (credential !== undefined && !trusted && realm.host !== url.host) {
    refuse('a registry without checked TLS may not send credentials to another host');
  }
  return realm;
}

function tokenRequest({ bearer, scopes, credential }: TokenWish, realm: URL): HttpRequest {
  const url = new URL(realm);
  const service = bearer.parameters['service'];
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const authorization =
    credential?.kind === 'basic' ? basicHeader(credential.username, credential.password) : undefined;
  return { method: 'GET', url, ...(authorization !== undefined && { headers: { authorization } }) };
}

function refreshRequest({ bearer, scopes, credential }: TokenWish, realm: URL): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    service: bearer.parameters['service'] ?? '',
    scope: scopes.join(' '),
    refresh_token: credential?.kind === 'identity' ? credential.token : '',
  });
  return {
    method: 'POST',
    url: realm,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  };
}
