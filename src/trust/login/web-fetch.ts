import type { CustomFetch } from 'openid-client';
import type { Fetch, HttpRequest } from '../../core/index.ts';
import { readWholeBody } from '../../net/index.ts';

const maxReply = 2 ** 20;

/** Our way to send requests in the form of the browsers' `fetch`, as the library wants it. */
export function toWebFetch(fetch: Fetch): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    const response = await fetch({
      method: method as HttpRequest['method'],
      url,
      headers,
      ...(body !== undefined && body !== null && { body: Buffer.from(String(body)) }),
      ...(signal !== undefined && signal !== null && { signal }),
    });
    const bytes = await readWholeBody(response, url.host, maxReply);
    const given = Object.entries(response.headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return new Response(bytes.length === 0 ? null : Uint8Array.from(bytes), {
      status: response.status,
      headers: given,
    });
  };
}
