/** The same bytes, as those take them that want buffers. */
export async function* asBuffers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of stream) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

export interface Peeked {
  /** So many bytes as were asked for, or all there are. */
  readonly head: Buffer;
  /** All bytes from the first one on; ends the source when it is left early. */
  readonly whole: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Looks at the first bytes of a stream that can be read only once. */
export async function peek(stream: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const source = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let isEnded = false;
  while (head.length < length && !isEnded) {
    const next = await source.next();
    isEnded = next.done === true;
    // A copy, as a chunk may be valid only until the next one is asked for.
    if (next.done !== true) head = Buffer.concat([head, next.value]);
  }
  const whole = wholeOf(head, source);
  // What was not begun would not end its source.
  await whole.next();
  return { head: head.subarray(0, length), whole };
}

async function* wholeOf(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield head.subarray(0, 0);
    if (head.length > 0) yield head;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}
