import { verify } from 'node:crypto';
import { makeKey } from '../keys.ts';
import { json, type Service } from './answer.ts';
import { type IssuerRules, makeGrants } from './grants.ts';

/** An OpenID Connect issuer that identifies everybody as it is told. */
export interface TestIssuer {
  readonly service: Service;
  /** The address that stands in tokens; known once the server runs. */
  url: string;
  /** Who is identified in the flows with a browser or a device. */
  user: TokenClaims;
  /** What it does before it gives tokens. */
  readonly rules: IssuerRules;
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
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: keyName, use: 'sig', alg: 'RS256' };
  const rules: IssuerRules = { waits: [], refuses: undefined, secrets: { sigstore: '' } };
  const issuer: TestIssuer = {
    url: '',
    user: { sub: 'user', email: 'user@example.com', email_verified: true },
    rules,
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
      if (claims['iss'] !== issuer.url || ![claims['aud']].flat().includes('sigstore')) {
        return 'it is of another issuer or audience';
      }
      if (Number(claims['exp']) * 1000 < Date.now()) return 'it has expired';
      return claims;
    },
    service({ method, url, body, headers }) {
      const form = new URLSearchParams(body.toString());
      const routes: Readonly<Record<string, () => ReturnType<Service>>> = {
        'GET /oidc/.well-known/openid-configuration': () => json(200, discovery(issuer.url)),
        'GET /oidc/keys': () => json(200, { keys: [jwk] }),
        'GET /oidc/auth': () => grants.authorize(url.searchParams),
        'POST /oidc/device/code': () => grants.startDevice(form),
        'POST /oidc/token': () => grants.exchange(form, headers.authorization),
      };
      return routes[`${method} ${url.pathname}`]?.();
    },
  };
  const grants = makeGrants(rules, {
    lifetime,
    address: () => issuer.url,
    token: (audience, more) => issuer.issue({ ...issuer.user, aud: audience, ...more }),
  });
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
    grant_types_supported: ['authorization_code', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}
