/** All bytes of a stream, or undefined as soon as they are more than `limit`. */
export async function collectBytes(source: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    length += part.length;
    if (length > limit) return undefined;
    // A chunk may be valid only until the next one is asked for.
    parts.push(Uint8Array.from(part));
  }
  return Buffer.concat(parts, length);
}
