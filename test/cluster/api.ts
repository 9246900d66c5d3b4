import type { HttpRequest } from '../../src/core/index.ts';
import { makeFetch } from '../../src/net/index.ts';
import { readAll } from '../../testkit/context.ts';

export interface ApiAnswer {
  readonly status: number;
  /** The object, or the Status that says why there is none. */
  readonly body: ApiObject;
  readonly warnings: string;
}

/** An object of the API, as far as tests look at it. */
export interface ApiObject {
  readonly kind?: string;
  readonly message?: string;
  readonly metadata?: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
  readonly items?: readonly ApiObject[];
  readonly [key: string]: unknown;
}

export type CallApi = (
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
  contentType?: string,
) => Promise<ApiAnswer>;

/** Calls an API server, one connection for each request so that a server that was restarted is met anew. */
export function makeCaller(url: string, authority: string, token: string): CallApi {
  const fetch = makeFetch({ certificateAuthorities: [authority] });
  return async (method, path, body, contentType = 'application/json') => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType, connection: 'close' };
    const response = await fetch({
      method,
      url: new URL(path, url),
      headers,
      ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
    });
    const text = (await readAll(response.body)).toString();
    return {
      status: response.status,
      body: /^\s*\{/.test(text) ? (JSON.parse(text) as ApiObject) : { message: text },
      warnings: response.headers['warning'] ?? '',
    };
  };
}
