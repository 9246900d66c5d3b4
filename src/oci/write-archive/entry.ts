import { tarHead, tarPadding } from '../../codecs/tar/index.ts';

/** A file of an archive: its head, its bytes and what fills the last block. */
export async function* archiveFile(
  name: string,
  size: number,
  content: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncGenerator<Uint8Array, void, undefined> {
  yield tarHead({ name, type: '0', mode: 0o644, size });
  yield* content;
  yield tarPadding(size);
}
