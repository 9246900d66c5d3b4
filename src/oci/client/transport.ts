import {
  type Clock,
  type Fetch,
  type HttpRequest,
  type HttpResponse,
  isAppError,
  type Logger,
} from '../../core/index.ts';
import { type RetryOptions, retry } from '../../kit/retry.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { drain, followRedirects, isListed, isLoopback, isPrivateAddress } from '../../net/index.ts';
import type { CredentialSource } from '../credentials/credential.ts';
import { toRegistryError } from './answer.ts';
import { type Action, Authenticator, type Grant } from './authenticator.ts';
import { HostBudget, holding } from './host-budget.ts';
import type { Place } from './place.ts';
import type { TokenAnswer } from './token.ts';

export interface TransportOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Logger;
  readonly credentials: CredentialSource;
  /** Hosts that may be talked to in plain http, and whose certificates `fetch` does not check. */
  readonly insecureHosts: readonly string[];
  readonly retries: RetryRules;
  /** Requests of each kind, reading and writing, that one host has to bear at the same time. */
  readonly perHost: number;
}

export interface RegistryRequest {
  readonly method: HttpRequest['method'];
  /** Below `/v2/REPOSITORY/`, or from the root, or a whole URL that the registry has given. */
  readonly path: string | URL;
  readonly action: Action;
  /** Another repository of the registry that is read from. */
  readonly from?: string;
  /** What is asked for, for messages. */
  readonly what: string;
  /** Statuses that the caller wants to see; all others are thrown. */
  readonly accept: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body anew for each attempt. */
  readonly body?: () => Uint8Array | AsyncIterable<Uint8Array>;
  /** What fails is not tried again here: the caller knows better how to go on. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

export interface RegistryAnswer {
  readonly response: HttpResponse;
  /** Where the request was sent first; relative locations start here. */
  readonly url: URL;
}

/** How often a request that fails in passing is sent, and milliseconds between. */
export type RetryRules = Pick<RetryOptions, 'attempts' | 'firstDelay' | 'maxDelay'>;

export const retryRules: RetryRules = {
  attempts: 4,
  firstDelay: 500,
  maxDelay: 60_000,
};
const maxRedirects = 10;

/** Sends requests to registries: scheme, login, redirects, retries and errors in one place (distribution-spec, "Endpoints"). */
export class Transport {
  readonly #options: TransportOptions;
  readonly #authenticator: Authenticator;
  readonly #budget: HostBudget;
  readonly #schemes: Map<string, Promise<'https' | 'http'>> = new Map();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#budget = new HostBudget(options.perHost);
    const mayBePlain = (host: string): boolean => isListed(host, options.insecureHosts);
    this.#authenticator = new Authenticator(options.credentials, { fetch: options.fetch, mayBePlain });
  }

  /** @throws OCI_UNAUTHORIZED, OCI_FORBIDDEN, OCI_REMOTE_NOT_FOUND, OCI_RATE_LIMITED, OCI_REGISTRY_FAILED, OCI_REGISTRY_REFUSED, OCI_AUTH_REFUSED, OCI_TOKEN_FAILED, NET_* */
  async send(place: Place, request: RegistryRequest): Promise<RegistryAnswer> {
    return retry(() => this.#attempt(place, request), {
      ...this.#options.retries,
      ...(request.once === true && { attempts: 1 }),
      sleep: this.#options.sleep,
      ...(request.signal !== undefined && { signal: request.signal }),
      onRetry: (error, delay) => {
        const code = isAppError(error) ? error.code : undefined;
        this.#options.log.debug('A request is tried again', { host: place.host, what: request.what, code, delay });
      },
    });
  }

  /** A token for scopes of the caller's choice, from the service that the registry names. @throws OCI_NO_TOKENS, and as `send` */
  async token(place: Place, scopes: readonly string[], signal?: AbortSignal): Promise<TokenAnswer> {
    const url = new URL(`${await this.#schemeOf(place.host)}://${place.host}/v2/`);
    const response = await this.#options.fetch({ method: 'GET', url, ...(signal !== undefined && { signal }) });
    await drain(response);
    const challenger = { place, url, trusted: this.#isTrusted(url) };
    return this.#authenticator.token(challenger, scopes, response.headers['www-authenticate'] ?? '', signal);
  }

  /** One attempt, within the budget of the host; the answer holds its place until it was read. */
  async #attempt(place: Place, request: RegistryRequest): Promise<RegistryAnswer> {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const release = await this.#budget.enter(place.host, isReading ? 'read' : 'write', request.signal);
    try {
      const plain = isReading ? await this.#askPlainly(place, request) : undefined;
      const { response, url } =
        plain ?? (await this.#ask(place, request, baseOf(place, await this.#schemeOf(place.host))));
      if (request.accept.includes(response.status)) return { response: holding(response, release), url };
      throw await toRegistryError(response, { place, what: request.what, now: this.#options.clock.now() });
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The answer of a host on loopback that nothing is known of yet, when it speaks plain http: that need not be asked first. */
  async #askPlainly(place: Place, request: RegistryRequest): Promise<RegistryAnswer | undefined> {
    const base = baseOf(place, 'http');
    if (this.#schemes.has(place.host) || !isLoopback(base.hostname)) return undefined;
    try {
      const answer = await this.#ask(place, request, base);
      if (isPlain(answer.response)) {
        this.#schemes.set(place.host, Promise.resolve('http'));
        return answer;
      }
      await drain(answer.response);
    } catch (error) {
      if (!isAppError(error) || !error.retryable) throw error;
    }
    return undefined;
  }

  /** Sends, and once more with a login when the registry asks for one. */
  async #ask(place: Place, request: RegistryRequest, base: URL): Promise<RegistryAnswer> {
    const url = typeof request.path === 'string' ? new URL(request.path, base) : request.path;
    const { action, from, signal } = request;
    const grant: Grant = { place, action, ...(from !== undefined && { from }) };
    const own = url.origin === base.origin;
    const known = own ? this.#authenticator.header(grant) : undefined;
    const { response, isRegistry } = await this.#exchange(url, request, known);
    // Only the registry itself may ask for its login; the storage behind a redirect may not.
    const challenge = own && isRegistry ? response.headers['www-authenticate'] : undefined;
    if (response.status !== 401 || challenge === undefined) return { response, url };
    // A body that is still being sent must not go on beside the next one.
    if (request.once === true) response.discard();
    else await drain(response);
    const challenger = { place, url: base, trusted: this.#isTrusted(base) };
    const header = await this.#authenticator.answer(challenger, grant, challenge, signal);
    return { response: (await this.#exchange(url, request, header)).response, url };
  }

  async #exchange(
    url: URL,
    request: RegistryRequest,
    authorization: string | undefined,
  ): Promise<{ response: HttpResponse; isRegistry: boolean }> {
    const body = request.body?.();
    const sent: HttpRequest = {
      method: request.method,
      url,
      headers: { ...request.headers, ...(authorization !== undefined && { authorization }) },
      ...(body !== undefined && { body }),
      ...(request.signal !== undefined && { signal: request.signal }),
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { response: await this.#options.fetch(sent), isRegistry: true };
    }
    const followed = await followRedirects(this.#options.fetch, sent, { limit: maxRedirects });
    return { response: followed.response, isRegistry: followed.url.origin === url.origin };
  }

  #isTrusted(url: URL): boolean {
    if (isLoopback(url.hostname)) return true;
    return url.protocol === 'https:' && !isListed(url.host, this.#options.insecureHosts);
  }

  /** Found out once for all requests that want it at the same time; what failed is tried anew by the next. */
  #schemeOf(host: string): Promise<'https' | 'http'> {
    const known = this.#schemes.get(host);
    if (known !== undefined) return known;
    const finding = this.#findScheme(host);
    this.#schemes.set(host, finding);
    finding.catch(() => this.#schemes.delete(host));
    return finding;
  }

  /**
   * TLS always, except that loopback, listed hosts and addresses of private networks may not speak it; on loopback,
   * where nobody listens, plain http is tried first.
   */
  async #findScheme(host: string): Promise<'https' | 'http'> {
    const url = new URL(`https://${host}/v2/`);
    const mayBeLoopback = isLoopback(url.hostname);
    const mayBePlain =
      mayBeLoopback || isPrivateAddress(url.hostname) || isListed(url.host, this.#options.insecureHosts);
    if (!mayBePlain) return 'https';
    if (mayBeLoopback && (await this.#answersPlainly(host))) return 'http';
    try {
      await drain(await this.#options.fetch({ method: 'GET', url }));
      return 'https';
    } catch (error) {
      if (isAppError(error, 'NET_NOT_TLS') || isAppError(error, 'NET_UNREACHABLE')) return 'http';
      throw error;
    }
  }

  async #answersPlainly(host: string): Promise<boolean> {
    try {
      const response = await this.#options.fetch({ method: 'GET', url: new URL(`http://${host}/v2/`) });
      await drain(response);
      return isPlain(response);
    } catch (error) {
      if (isAppError(error) && error.retryable) return false;
      throw error;
    }
  }
}

function baseOf({ host, repository }: Place, scheme: 'https' | 'http'): URL {
  return new URL(`${scheme}://${host}/v2/${repository}/`);
}

/** Servers of https answer plain requests with 400, or not at all. */
function isPlain({ status }: HttpResponse): boolean {
  return status !== 400;
}
