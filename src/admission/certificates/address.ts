const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Whether a name is an address and no name of DNS. */
export function isAddress(name: string): boolean {
  return ipv4.test(name) || name.includes(':');
}

/** The octets of an address of version 4 or 6. */
export function toOctets(address: string): Buffer {
  if (ipv4.test(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => 0);
  return Buffer.from([...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
