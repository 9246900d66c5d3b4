/** Wire types of protobuf: a length and so many bytes; a number. */
const [number, bytes] = [0, 2];

/** A message with one text, shorter than 128 bytes. */
export function encodeText(field: number, text: string): Buffer {
  const value = Buffer.from(text);
  return Buffer.concat([Buffer.from([(field << 3) | bytes, value.length]), value]);
}

/** The values of a field of texts or messages, in order; reading ends at what cannot be read. */
export function fieldsOf(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < message.length && shift < 35; shift += 7) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < message.length) {
    const tag = varint();
    const value = varint();
    if ((tag & 7) === number && !Number.isNaN(value)) continue;
    if ((tag & 7) !== bytes || !(at + value <= message.length)) return found;
    if (tag >> 3 === wanted) found.push(message.subarray(at, at + value));
    at += value;
  }
  return found;
}
