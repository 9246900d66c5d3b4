export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** The one range of bytes that a request asks for (RFC 9110 14.1.2); undefined for the whole. */
export function parseByteRange(header: string | undefined, size: number): ByteRange | 'invalid' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (found === null) return undefined;
  const [, from = '', to = ''] = found;
  if (from === '' && to === '') return 'invalid';
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? 'invalid' : { start, length: end - start + 1 };
}
