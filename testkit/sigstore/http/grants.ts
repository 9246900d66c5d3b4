import { createHash, randomBytes } from 'node:crypto';
import { json, type ServiceAnswer } from './answer.ts';

/** What an issuer does before it gives tokens; tests change it. */
export interface IssuerRules {
  /** Said to a device in turn, before its person has agreed: `authorization_pending` or `slow_down`. */
  waits: string[];
  /** Why nobody gets a token, as an error of OAuth. */
  refuses: string | undefined;
  /** By client; one without a secret need not prove itself. */
  secrets: Record<string, string>;
}

interface Making {
  /** Seconds. */
  readonly lifetime: number;
  readonly address: () => string;
  readonly token: (audience: string, more: Readonly<Record<string, unknown>>) => string;
}

/** What was asked for when a code was given out. */
interface Asked {
  readonly client: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly redirect: string;
}

export interface Grants {
  /** Who comes with a browser has agreed, and is sent back at once. */
  authorize(query: URLSearchParams): ServiceAnswer;
  /** RFC 8628 section 3.2 */
  startDevice(form: URLSearchParams): ServiceAnswer;
  exchange(form: URLSearchParams, authorization: string | undefined): ServiceAnswer;
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** The grants of OAuth 2 that signers use; a code counts once, and PKCE is demanded of all who have one. */
export function makeGrants(rules: IssuerRules, { lifetime, address, token }: Making): Grants {
  const codes = new Map<string, Asked>();
  const keep = (from: URLSearchParams): string => {
    const code = randomBytes(16).toString('hex');
    const read = (name: string): string => from.get(name) ?? '';
    const [client, challenge, nonce] = [read('client_id'), read('code_challenge'), read('nonce')];
    codes.set(code, { client, challenge, nonce, redirect: read('redirect_uri') });
    return code;
  };
  const give = (client: string, nonce = ''): ServiceAnswer => {
    const identity = token(client, nonce === '' ? {} : { nonce });
    return json(200, { access_token: 'access', token_type: 'Bearer', expires_in: lifetime, id_token: identity });
  };
  /** Gives a token for a code that was asked for by the same client with this verifier. */
  const redeem = (parameter: string, client: string, form: URLSearchParams): ServiceAnswer => {
    const asked = codes.get(form.get(parameter) ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isSame = asked?.challenge === challenge && asked.client === client;
    if (!isSame || asked.redirect !== (form.get('redirect_uri') ?? '')) return fail('invalid_grant');
    codes.delete(form.get(parameter) ?? '');
    return give(asked.client, asked.nonce);
  };
  return {
    authorize(query) {
      const back = new URL(query.get('redirect_uri') ?? '');
      back.searchParams.set('state', query.get('state') ?? '');
      if (query.get('code_challenge_method') !== 'S256') back.searchParams.set('error', 'invalid_request');
      else if (rules.refuses !== undefined) back.searchParams.set('error', rules.refuses);
      else back.searchParams.set('code', keep(query));
      return { status: 302, headers: { location: back.href } };
    },
    startDevice(form) {
      if (form.get('code_challenge_method') !== 'S256') return fail('invalid_request');
      const given = { device_code: keep(form), user_code: 'USER-CODE', expires_in: 60, interval: 1 };
      return json(200, { ...given, verification_uri: `${address()}/device` });
    },
    exchange(form, authorization) {
      const { name, secret } = clientOf(form, authorization);
      if (rules.refuses !== undefined) return fail(rules.refuses);
      if ((rules.secrets[name] || secret) !== secret) return fail('invalid_client', 401);
      switch (form.get('grant_type')) {
        case 'authorization_code':
          return redeem('code', name, form);
        case deviceGrant: {
          const wait = rules.waits.shift();
          return wait === undefined ? redeem('device_code', name, form) : fail(wait);
        }
        case 'client_credentials':
          return rules.secrets[name] ? give(name) : fail('unauthorized_client');
        default:
          return fail('unsupported_grant_type');
      }
    },
  };
}

/** A refusal in the form of RFC 6749 section 5.2. */
function fail(error: string, status = 400): ServiceAnswer {
  return json(status, { error, error_description: `because of the test (${error})` });
}

/** Who asks, by the form or by HTTP Basic (RFC 6749 section 2.3.1). */
function clientOf(form: URLSearchParams, authorization: string | undefined): { name: string; secret: string } {
  const [, encoded = ''] = /^Basic (.+)$/.exec(authorization ?? '') ?? [];
  const [name = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
  if (name !== '') return { name, secret };
  return { name: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
}
