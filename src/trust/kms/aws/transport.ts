import type { HttpRequest } from '../../../core/index.ts';
import { readWholeBody } from '../../../net/index.ts';
import type { KmsAccess } from '../scheme.ts';

/** A request of the SDK; `path` has no query. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What the SDK sends its requests by. */
export interface SdkTransport {
  handle(request: SdkRequest): Promise<{ readonly response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

const maxAnswer = 2 ** 20;

/** Sends requests of the SDK over our connections, so that proxies, authorities and allowed hosts count for them too. */
export function makeTransport({ fetch: open, signal }: KmsAccess): SdkTransport {
  return {
    async handle(request) {
      const fetch = await open();
      const url = toUrl(request);
      const { host: _, 'content-length': __, ...headers } = request.headers;
      const { body: given } = request;
      const response = await fetch({
        method: request.method as HttpRequest['method'],
        url,
        headers,
        ...(given !== undefined && { body: typeof given === 'string' ? Buffer.from(given) : given }),
        ...(signal !== undefined && { signal }),
      });
      const body = await readWholeBody(response, url.host, maxAnswer);
      const told = Object.entries(response.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      return { response: { statusCode: response.status, headers: Object.fromEntries(told), body } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function toUrl({ protocol, hostname, port, path, query }: SdkRequest): URL {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of [value ?? ''].flat()) url.searchParams.append(name, each);
  }
  return url;
}
