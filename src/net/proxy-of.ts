import type { ProxySettings } from './fetch-options.ts';

/** The proxy that Node sends a request through, by its rules for NO_PROXY (Node.js "Built-in Proxy Support"). */
export function proxyOf(url: URL, settings: ProxySettings): string | undefined {
  const proxy = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  const exceptions = settings.noProxy?.split(/[,\s]+/).filter((entry) => entry !== '') ?? [];
  return exceptions.some((entry) => isException(url, entry.toLowerCase())) ? undefined : proxy;
}

/** `*`, `host`, `host:port`, `.suffix`, `*.suffix`, `10.0.0.1-10.0.0.9`. */
function isException({ hostname, port, protocol }: URL, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, wantedPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  if (name.startsWith('.') || name.startsWith('*.')) return hostname.endsWith(name.replace(/^\*/, ''));
  const [first, last] = name.split('-').map(toNumber);
  const address = toNumber(hostname);
  if (address !== undefined && first !== undefined && last !== undefined) return first <= address && address <= last;
  return hostname === name;
}

/** An IPv4 address. */
function toNumber(text: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}
