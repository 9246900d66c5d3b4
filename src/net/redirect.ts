import type { Fetch, HttpRequest, HttpResponse } from '../core/index.ts';
import { netError } from './errors.ts';
import { drain } from './response.ts';

export interface RedirectPolicy {
  /** How many redirects are followed. */
  readonly limit: number;
  /** Why a redirect is refused, or undefined when it may be followed. */
  readonly refuse?: (from: URL, to: URL) => string | undefined;
}

export interface FollowedResponse {
  readonly response: HttpResponse;
  /** Where the answer came from. */
  readonly url: URL;
}

const redirectStatus: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends GET or HEAD and follows redirects (RFC 9110 15.4). Headers with credentials go to no other origin than the
 * first. @throws NET_REDIRECT_REFUSED
 */
export async function followRedirects(
  fetch: Fetch,
  request: HttpRequest,
  policy: RedirectPolicy,
): Promise<FollowedResponse> {
  let current = request;
  for (let count = 0; ; count++) {
    const response = await fetch(current);
    const location = response.headers['location'];
    if (!redirectStatus.has(response.status) || location === undefined)
      return { response, url: response.url ?? current.url };
    // Who stands in for another answers for itself: its redirects are its own, and go where they say.
    const from = response.url ?? current.url;
    const target = parseTarget(location, from);
    const reason = count >= policy.limit ? 'there are too many redirects' : refusal(from, target, policy);
    await drain(response);
    if (reason !== undefined || target === undefined) {
      const shown = target === undefined ? location.slice(0, 200) : target.origin;
      throw netError('NET_REDIRECT_REFUSED', { data: { host: from.host, target: shown, reason } });
    }
    current = { ...current, url: target, headers: headersFor(current.headers ?? {}, from, target) };
  }
}

function parseTarget(location: string, base: URL): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

function refusal(from: URL, to: URL | undefined, policy: RedirectPolicy): string | undefined {
  if (to === undefined) return 'it is not a URL';
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return 'it is neither https nor http';
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'it would leave TLS';
  if (to.username !== '' || to.password !== '') return 'it carries credentials';
  return policy.refuse?.(from, to);
}

function headersFor(given: Readonly<Record<string, string>>, from: URL, target: URL): Record<string, string> {
  const headers = { ...given };
  if (target.origin === from.origin) return headers;
  for (const name of Object.keys(headers)) {
    if (/^(authorization|cookie|proxy-authorization)$/i.test(name)) delete headers[name];
  }
  return headers;
}
