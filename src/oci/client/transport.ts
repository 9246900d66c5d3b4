import {
  type Clock,
  type Fetch,
  type HttpRequest,
  type HttpResponse,
  isAppError,
  type Logger,
} from '../../core/index.ts';
import { retry } from '../../kit/retry.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { drain, followRedirects, isListed, isLoopback } from '../../net/index.ts';
import type { CredentialSource } from '../credentials/credential.ts';
import { toRegistryError } from './answer.ts';
import { type Action, Authenticator } from './authenticator.ts';
import type { Place } from './place.ts';

export interface TransportOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Logger;
  readonly credentials: CredentialSource;
  /** Hosts that may be talked to in plain http, and whose certificates `fetch` does not check. */
  readonly insecureHosts: readonly string[];
  readonly attempts: number;
}

export interface RegistryRequest {
  readonly method: HttpRequest['method'];
  /** Below `/v2/REPOSITORY/`, or a whole URL that the registry has given. */
  readonly path: string | URL;
  readonly action: Action;
  /** What is asked for, for messages. */
  readonly what: string;
  /** Statuses that the caller wants to see; all others are thrown. */
  readonly accept: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body anew for each attempt. */
  readonly body?: () => Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

export interface RegistryAnswer {
  readonly response: HttpResponse;
  /** Where the request was sent first; relative locations start here. */
  readonly url: URL;
}

export const retryRules: { readonly attempts: number; readonly firstDelay: number; readonly maxDelay: number } = {
  attempts: 4,
  firstDelay: 500,
  maxDelay: 60_000,
};
const maxRedirects = 10;

/** Sends requests to registries: scheme, login, redirects, retries and errors in one place (distribution-spec, "Endpoints"). */
export class Transport {
  readonly #options: TransportOptions;
  readonly #authenticator: Authenticator;
  readonly #schemes: Map<string, Promise<'https' | 'http'>> = new Map();

  constructor(options: TransportOptions) {
    this.#options = options;
    const mayBePlain = (host: string): boolean => isListed(host, options.insecureHosts);
    this.#authenticator = new Authenticator(options.credentials, { fetch: options.fetch, mayBePlain });
  }

  /** @throws OCI_UNAUTHORIZED, OCI_FORBIDDEN, OCI_REMOTE_NOT_FOUND, OCI_RATE_LIMITED, OCI_REGISTRY_FAILED, OCI_REGISTRY_REFUSED, OCI_AUTH_REFUSED, OCI_TOKEN_FAILED, NET_* */
  async send(place: Place, request: RegistryRequest): Promise<RegistryAnswer> {
    return retry(() => this.#attempt(place, request), {
      ...retryRules,
      attempts: this.#options.attempts,
      sleep: this.#options.sleep,
      ...(request.signal !== undefined && { signal: request.signal }),
      onRetry: (error, delay) => {
        const code = isAppError(error) ? error.code : undefined;
        this.#options.log.debug('A request is tried again', { host: place.host, what: request.what, code, delay });
      },
    });
  }

  async #attempt(place: Place, request: RegistryRequest): Promise<RegistryAnswer> {
    const base = new URL(`${await this.#schemeOf(place.host)}://${place.host}/v2/${place.repository}/`);
    const url = typeof request.path === 'string' ? new URL(request.path, base) : request.path;
    const own = url.origin === base.origin;
    let { response, isRegistry } = await this.#exchange(
      url,
      request,
      own ? this.#authenticator.header(place, request.action) : undefined,
    );
    // Only the registry itself may ask for its login; the storage behind a redirect may not.
    if (response.status === 401 && own && isRegistry) {
      const challenge = response.headers['www-authenticate'];
      if (challenge !== undefined) {
        await drain(response);
        const challenger = { place, url: base, trusted: this.#isTrusted(base) };
        const header = await this.#authenticator.answer(challenger, request.action, challenge, request.signal);
        ({ response, isRegistry } = await this.#exchange(url, request, header));
      }
    }
    if (request.accept.includes(response.status)) return { response, url };
    throw await toRegistryError(response, { place, what: request.what, now: this.#options.clock.now() });
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

  /** TLS always, except that loopback and listed hosts may not speak it; on loopback, where nobody listens, plain http is tried first. */
  async #findScheme(host: string): Promise<'https' | 'http'> {
    const url = new URL(`https://${host}/v2/`);
    const mayBeLoopback = isLoopback(url.hostname);
    if (!mayBeLoopback && !isListed(url.host, this.#options.insecureHosts)) return 'https';
    if (mayBeLoopback && (await this.#answersPlainly(host))) return 'http';
    try {
      await drain(await this.#options.fetch({ method: 'GET', url }));
      return 'https';
    } catch (error) {
      if (isAppError(error, 'NET_NOT_TLS') || isAppError(error, 'NET_UNREACHABLE')) return 'http';
      throw error;
    }
  }

  /** Servers of https answer plain requests with 400, or not at all. */
  async #answersPlainly(host: string): Promise<boolean> {
    try {
      const response = await this.#options.fetch({ method: 'GET', url: new URL(`http://${host}/v2/`) });
      await drain(response);
      return response.status !== 400;
    } catch (error) {
      if (isAppError(error) && error.retryable) return false;
      throw error;
    }
  }
}
