import type { Exchange } from './exchange.ts';

/** What a registry says of how much it may still be asked. */
export interface RateLimit {
  readonly host: string;
  readonly name: string;
  readonly value: string;
}

/** Seconds that this machine's clock is ahead of a server's (negative: behind); undefined when no server stated its time. */
export function clockSkew(exchanges: readonly Exchange[]): number | undefined {
  for (const { headers, at, milliseconds } of exchanges) {
    const date = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(date)) continue;
    // The header was made between the question and the answer, and has whole seconds.
    const ahead = (at.getTime() - milliseconds / 2 - date - 500) / 1000;
    return Math.abs(ahead) <= 1 + milliseconds / 2000 ? 0 : Math.round(ahead);
  }
  return undefined;
}

/** Rate-limit headers, the last of each host and name. */
export function rateLimits(exchanges: readonly Exchange[]): RateLimit[] {
  const found = new Map<string, RateLimit>();
  for (const { url, headers } of exchanges) {
    const { host } = new URL(url);
    for (const [name, value] of Object.entries(headers)) {
      if (/ratelimit|^retry-after$/.test(name)) found.set(`${host} ${name}`, { host, name, value });
    }
  }
  return [...found.values()];
}

/** The part of a limit that is left, from 0 to 1 (IETF draft-ietf-httpapi-ratelimit-headers: `76;w=21600`). */
export function shareLeft(limits: readonly RateLimit[]): number | undefined {
  const read = (pattern: RegExp): number =>
    Number.parseInt(limits.find(({ name }) => pattern.test(name))?.value ?? '', 10);
  const share = read(/ratelimit-remaining$/) / read(/ratelimit-limit$/);
  return Number.isFinite(share) ? share : undefined;
}
