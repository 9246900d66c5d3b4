/** Lines of git's protocol; a flush or delimiter is an empty one. Undefined when the bytes are none (gitprotocol-common, "pkt-line"). */
export function readPackets(bytes: Buffer): string[] | undefined {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = bytes.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/i.test(head)) return undefined;
    const length = Number.parseInt(head, 16);
    if (at + length > bytes.length || length === 3) return undefined;
    lines.push(length < 4 ? '' : bytes.toString('utf8', at + 4, at + length).replace(/\n$/, ''));
    at += Math.max(length, 4);
  }
  return lines;
}

/** One line with its length. */
export function toPacket(line: string): string {
  return (Buffer.byteLength(line) + 4).toString(16).padStart(4, '0') + line;
}

export const flushPacket = '0000';
export const delimiterPacket = '0001';
