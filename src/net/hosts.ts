/** True for names and addresses that never leave this machine (RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === '[::1]' || name === '::1') return true;
  return /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** True for IPv4 addresses of private networks (RFC 1918). */
export function isPrivateAddress(hostname: string): boolean {
  return /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2})$/.test(hostname);
}

/** True when `host` (name, or name:port) is in a list of `name`, `name:port` and `*.suffix` entries. */
export function isListed(host: string, list: readonly string[]): boolean {
  const full = host.toLowerCase();
  const name = full.replace(/:\d+$/, '');
  return list.some((entry) => {
    const wanted = entry.toLowerCase();
    if (wanted.startsWith('*.')) return name.endsWith(wanted.slice(1));
    return wanted === name || wanted === full;
  });
}
