/** True for names and addresses that never leave this machine (RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === '[::1]' || name === '::1') return true;
  return /^127(?:\.\d{1,3}){3}$/.test(name);
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
