import { createHash, randomBytes, verify } from 'node:crypto';
import { makeKey } from '../keys.ts';
import { json, refuse, type Service, type ServiceRequest } from './answer.ts';

/** An OpenID Connect issuer that identifies everybody as it is told. */
export interface TestIssuer {
  readonly service: Service;
  /** The address that stands in tokens; known once the server runs. */
  url: string;
  /** Who is identified in the flows with a browser or a device. */
  user: TokenClaims;
  issue(claims: TokenClaims): string;
  /** The claims of a token that this issuer made and that is still valid; else the reason. */
  read(token: string): Record<string, unknown> | string;
}

export type TokenClaims = Readonly<Record<string, unknown>>;

const lifetime = 600;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function makeIssuer(): TestIssuer {
  const key = makeKey('rsa');
  const keyName = 'test';
  const codes = new Map<string, { readonly challenge: string; readonly nonce: string }>();
  const issuer: TestIssuer = {
    url: '',
    user: { sub: 'user', email: 'user@example.com', email_verified: true },
    issue(claims) {
      const now = Math.floor(Date.now() / 1000);
      const body = { iss: issuer.url, aud: 'sigstore', iat: now, exp: now + lifetime, ...claims };
      const text = `${encode({ alg: 'RS256', typ: 'JWT', kid: keyName })}.${encode(body)}`;
      const signature = key.sign(Buffer.from(text));
      return `${text}.${signature.toString('base64url')}`;
    },
    read(token) {
      const [head = '', body = '', signature = ''] = token.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      if (!verify('sha256', Buffer.from(`${head}.${body}`), key.publicKey, bytes)) return 'it is not signed';
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
      if (claims['iss'] !== issuer.url || claims['aud'] !== 'sigstore') return 'it is of another issuer or audience';
      if (Number(claims['exp']) * 1000 < Date.now()) return 'it has expired';
      return claims;
    },
    service: (request) => answer(request),
  };

  function answer(request: ServiceRequest) {
    const { pathname } = request.url;
    if (pathname === '/oidc/.well-known/openid-configuration') return json(200, discovery(issuer.url));
    if (pathname === '/oidc/keys') {
      const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: keyName, use: 'sig', alg: 'RS256' };
      return json(200, { keys: [jwk] });
    }
    if (pathname === '/oidc/auth') return authorize(request.url.searchParams);
    if (pathname === '/oidc/device/code') {
      const codesOfDevice = { device_code: 'device', user_code: 'USER-CODE', expires_in: 60, interval: 1 };
      return json(200, { ...codesOfDevice, verification_uri: `${issuer.url}/device` });
    }
    return pathname === '/oidc/token' ? exchange(new URLSearchParams(request.body.toString())) : undefined;
  }

  /** Who comes with a browser is sent back at once. */
  function authorize(query: URLSearchParams) {
    const code = randomBytes(16).toString('hex');
    codes.set(code, { challenge: query.get('code_challenge') ?? '', nonce: query.get('nonce') ?? '' });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: back.href } };
  }

  function exchange(form: URLSearchParams) {
    const token = (more: TokenClaims = {}) => {
      const idToken = issuer.issue({ ...issuer.user, ...more });
      return json(200, { access_token: 'access', token_type: 'Bearer', expires_in: lifetime, id_token: idToken });
    };
    if (form.get('grant_type') !== 'authorization_code') return token();
    const asked = codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked === undefined || asked.challenge !== challenge) return refuse(400, 'invalid_grant');
    codes.delete(form.get('code') ?? '');
    return token(asked.nonce === '' ? {} : { nonce: asked.nonce });
  }

  return issuer;
}

function discovery(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/auth`,
    device_authorization_endpoint: `${url}/device/code`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}
