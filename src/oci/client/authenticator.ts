import type { CredentialSource } from '../credentials/credential.ts';
import { ociError } from '../errors.ts';
import { type Challenge, type Challenger, parseChallenges } from './challenge.ts';
import type { Place } from './place.ts';
import { basicHeader, fetchToken, fetchTokenAnswer, type TokenAnswer, type TokenContext } from './token.ts';

export type Action = 'pull' | 'push' | 'delete' | 'catalog';

/** What a request needs leave for. */
export interface Grant {
  readonly place: Place;
  readonly action: Action;
  /** Another repository of the registry that is read from, for mounts. */
  readonly from?: string;
}

/** Keeps the Authorization header for each repository and action, and makes a new one when a registry asks. */
export class Authenticator {
  readonly #credentials: CredentialSource;
  readonly #context: TokenContext;
  readonly #headers: Map<string, string> = new Map();
  readonly #pending: Map<string, Promise<string>> = new Map();

  constructor(credentials: CredentialSource, context: TokenContext) {
    this.#credentials = credentials;
    this.#context = context;
  }

  /** The header to send unasked; undefined before the first challenge. */
  header(grant: Grant): string | undefined {
    const { place, action } = grant;
    const ofPush = action === 'pull' ? this.#headers.get(keyOf({ place, action: 'push' })) : undefined;
    return ofPush ?? this.#headers.get(keyOf(grant)) ?? this.#headers.get(keyOf({ place, action }));
  }

  /** Answers a challenge, once for all requests that meet it at the same time. @throws OCI_UNAUTHORIZED, OCI_AUTH_REFUSED, OCI_TOKEN_FAILED */
  async answer(challenger: Challenger, grant: Grant, header: string, signal?: AbortSignal): Promise<string> {
    const key = keyOf(grant);
    const known = this.#pending.get(key);
    if (known !== undefined) return known;
    const pending = this.#login(challenger, grant, header, signal).finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    const made = await pending;
    // A token that was just refused must not be preferred any more.
    this.#headers.delete(keyOf({ place: grant.place, action: 'push' }));
    this.#headers.set(key, made);
    return made;
  }

  /** A token for scopes of the caller's choice. @throws OCI_NO_TOKENS, OCI_UNAUTHORIZED, OCI_AUTH_REFUSED, OCI_TOKEN_FAILED */
  async token(
    challenger: Challenger,
    scopes: readonly string[],
    header: string,
    signal?: AbortSignal,
  ): Promise<TokenAnswer> {
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer === undefined) {
      const data = { host: challenger.place.host, scheme: challenges[0]?.scheme ?? '' };
      throw ociError('OCI_NO_TOKENS', { data });
    }
    const credential = await this.#credentials(challenger.place, signal);
    if (credential !== undefined) assertPrivate(challenger, this.#context);
    return fetchTokenAnswer({ challenger, bearer, scopes, credential }, this.#context, signal);
  }

  async #login(challenger: Challenger, grant: Grant, header: string, signal?: AbortSignal): Promise<string> {
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const credential = await this.#credentials(challenger.place, signal);
    if (credential !== undefined) assertPrivate(challenger, this.#context);
    if (credential?.kind === 'bearer') return `Bearer ${credential.token}`;
    if (bearer !== undefined) {
      const scopes = scopesOf(bearer, grant);
      return `Bearer ${await fetchToken({ challenger, bearer, scopes, credential }, this.#context, signal)}`;
    }
    if (challenges.some(({ scheme }) => scheme === 'basic') && credential?.kind === 'basic') {
      return basicHeader(credential.username, credential.password);
    }
    const { host, repository } = challenger.place;
    const detail = credential === undefined ? 'no login is stored for it' : 'the stored login is of another kind';
    throw ociError('OCI_UNAUTHORIZED', { data: { host, repository, detail } });
  }
}

/** Plain http may have been chosen because nobody answered TLS: only who was told to trust that gets a login over it. */
function assertPrivate({ place, url, trusted }: Challenger, { mayBePlain }: TokenContext): void {
  if (url.protocol === 'https:' || trusted || mayBePlain(url.host)) return;
  const reason = 'it does not speak TLS, and is not listed in registry.insecure';
  throw ociError('OCI_AUTH_REFUSED', { data: { host: place.host, reason } });
}

function keyOf({ place: { host, repository }, action, from }: Grant): string {
  return `${action} ${host}/${repository} ${from ?? ''}`;
}

const actions: Readonly<Record<Action, string>> = {
  pull: 'pull',
  push: 'pull,push',
  delete: 'pull,push,delete',
  catalog: '*',
};

/**
 * What the registry wishes, and what is needed beyond: a registry that is asked to read states a scope too narrow for
 * the write that follows (distribution "Token Scope Documentation").
 */
function scopesOf({ parameters }: Challenge, { place, action, from }: Grant): readonly string[] {
  const needed = action === 'catalog' ? 'registry:catalog:*' : `repository:${place.repository}:${actions[action]}`;
  const stated = parameters['scope']?.split(' ').filter((scope) => scope !== '') ?? [];
  const isEnough = action === 'pull' ? stated.length > 0 : stated.some((scope) => covers(scope, needed));
  const source = from === undefined ? [] : [`repository:${from}:pull`];
  return [...new Set([...stated, ...(isEnough ? [] : [needed]), ...source])];
}

/** True when a scope is for the same thing and names every action of the other. */
function covers(scope: string, needed: string): boolean {
  const split = (text: string): [string, string[]] => {
    const colon = text.lastIndexOf(':');
    return [text.slice(0, colon), text.slice(colon + 1).split(',')];
  };
  const [name, stated] = split(scope);
  const [wanted, all] = split(needed);
  return name === wanted && all.every((action) => stated.includes(action));
}
