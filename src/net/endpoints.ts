import { netError } from './errors.ts';

/** Addresses that others stand in for: `https://host`, `https://host/path`, or a bare host for http and https. */
export type Endpoints = Readonly<Record<string, string>>;

interface Rule {
  /** As it was written. */
  readonly from: string;
  readonly protocol: string | undefined;
  readonly host: string;
  /** Without a slash at the end. */
  readonly path: string;
  readonly target: URL;
}

/**
 * Tells where an address is really contacted: the longest rule that it begins with counts, once.
 * @throws NET_ENDPOINT_INVALID
 */
export function makeRouter(endpoints: Endpoints): (url: URL) => URL {
  const rules = Object.entries(endpoints).map(([from, to]) => parseRule(from, to));
  rules.sort((a, b) => b.path.length - a.path.length || b.from.length - a.from.length);
  return (url) => {
    const rule = rules.find((one) => isBelow(url, one));
    return rule === undefined ? url : moved(url, rule);
  };
}

function parseRule(from: string, to: string): Rule {
  const fail = (reason: string): never => {
    throw netError('NET_ENDPOINT_INVALID', { data: { from, to, reason } });
  };
  const isBare = !from.includes('://');
  const source = URL.parse(isBare ? `https://${from}` : from) ?? fail('what stands on the left is no address');
  const target = URL.parse(to) ?? fail('what stands on the right is no address');
  for (const { protocol, search, hash, username, password } of [source, target]) {
    if (protocol !== 'http:' && protocol !== 'https:') fail('only addresses of http and https can be given');
    if (search + hash + username + password !== '') fail('an address has host and path only');
  }
  const { protocol, host, pathname } = source;
  return { from, protocol: isBare ? undefined : protocol, host, path: pathname.replace(/\/+$/, ''), target };
}

function isBelow({ protocol, host, pathname }: URL, rule: Rule): boolean {
  if (host !== rule.host || (rule.protocol !== undefined && protocol !== rule.protocol)) return false;
  return pathname === rule.path || pathname.startsWith(`${rule.path}/`);
}

function moved(url: URL, { path, target }: Rule): URL {
  const result = new URL(target);
  result.pathname = target.pathname.replace(/\/+$/, '') + url.pathname.slice(path.length);
  result.search = url.search;
  return result;
}
