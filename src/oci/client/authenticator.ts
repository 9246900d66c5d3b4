import type { CredentialSource } from '../credentials/credential.ts';
import { ociError } from '../errors.ts';
import { type Challenge, type Challenger, parseChallenges } from './challenge.ts';
import type { Place } from './place.ts';
import { basicHeader, fetchToken, type TokenContext } from './token.ts';

export type Action = 'pull' | 'push';

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
  header(place: Place, action: Action): string | undefined {
    return this.#headers.get(keyOf(place, 'push')) ?? this.#headers.get(keyOf(place, action));
  }

  /** Answers a challenge, once for all requests that meet it at the same time. @throws OCI_UNAUTHORIZED, OCI_AUTH_REFUSED, OCI_TOKEN_FAILED */
  async answer(challenger: Challenger, action: Action, header: string, signal?: AbortSignal): Promise<string> {
    const key = keyOf(challenger.place, action);
    const known = this.#pending.get(key);
    if (known !== undefined) return known;
    const pending = this.#login(challenger, action, header, signal).finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    const made = await pending;
    // A token that was just refused must not be preferred any more.
    this.#headers.delete(keyOf(challenger.place, 'push'));
    this.#headers.set(key, made);
    return made;
  }

  async #login(challenger: Challenger, action: Action, header: string, signal?: AbortSignal): Promise<string> {
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const credential = await this.#credentials(challenger.place, signal);
    if (credential?.kind === 'bearer') return `Bearer ${credential.token}`;
    if (bearer !== undefined) {
      const scopes = scopesOf(bearer, challenger.place, action);
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

function keyOf({ host, repository }: Place, action: Action): string {
  return `${action} ${host}/${repository}`;
}

/** The registry's own wish, and what is needed where it states none (distribution "Token Authentication Specification"). */
function scopesOf({ parameters }: Challenge, { repository }: Place, action: Action): readonly string[] {
  const stated = parameters['scope']?.split(' ').filter((scope) => scope !== '') ?? [];
  if (stated.length > 0) return stated;
  return [`repository:${repository}:${action === 'push' ? 'pull,push' : 'pull'}`];
}
