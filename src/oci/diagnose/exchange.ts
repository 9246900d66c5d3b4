import { type AppError, type Clock, type Fetch, isAppError } from '../../core/index.ts';
import { redact } from '../../kit/redact.ts';

/** One request and its answer, without anything that is secret. */
export interface Exchange {
  readonly method: string;
  /** Signatures and tokens in it are masked. */
  readonly url: string;
  /** `Basic` or `Bearer`, where a login was sent. */
  readonly login?: string;
  readonly milliseconds: number;
  /** Absent when there was no answer. */
  readonly status?: number;
  /** Those that tell something about the registry; keys in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the answer came, by this machine's clock. */
  readonly at: Date;
  readonly error?: Pick<AppError, 'code' | 'message' | 'hint'>;
}

const telling =
  /^(?:www-authenticate|docker-.*|date|server|location|retry-after|content-type|via|(?:x-)?ratelimit.*|oci-.*|warning)$/;
const maxHeader = 500;

/** A client that tells of each request it sends. */
export function observeFetch(fetch: Fetch, clock: Clock, tell: (exchange: Exchange) => void): Fetch {
  return async (request) => {
    const start = clock.now().getTime();
    const login = /^(\w+) /.exec(request.headers?.['authorization'] ?? '')?.[1];
    const asked = (): Omit<Exchange, 'headers'> => ({
      method: request.method,
      url: redact(request.url.href),
      ...(login !== undefined && { login }),
      milliseconds: clock.now().getTime() - start,
      at: clock.now(),
    });
    try {
      const response = await fetch(request);
      tell({ ...asked(), status: response.status, headers: tellingHeaders(response.headers) });
      return response;
    } catch (error) {
      if (isAppError(error)) {
        const { code, message, hint } = error;
        tell({ ...asked(), headers: {}, error: { code, message, hint } });
      }
      throw error;
    }
  };
}

function tellingHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      telling.test(name) && value !== undefined ? [[name, maskHeader(value.slice(0, maxHeader))]] : [],
    ),
  );
}

/** `Bearer realm=…` of a challenge is no token. */
function maskHeader(value: string): string {
  return value
    .split(/(?<=\b(?:Bearer|Basic)) +(?=[a-z_]+=)/i)
    .map(redact)
    .join(' ');
}
