import { posix } from 'node:path';
import {
  type RawEntry,
  rewriteHead,
  type TarEntry,
  type TarSink,
  TarWalker,
  tarEnd,
  tarHead,
  tarPadding,
} from '../../codecs/tar/index.ts';
import { refuseEdit } from './refuse.ts';

/** Owner and group are the local users (MS-DTYP 2.4.6, a self-relative security descriptor in Base64). */
const owner = ['MSWINDOWS.rawsd', 'AQAAgBQAAAAkAAAAAAAAAAAAAAABAgAAAAAABSAAAAAhAgAAAQIAAAAAAAUgAAAAIQIAAA=='] as const;
const filesDirectory = 'Files';
const directories = [filesDirectory, 'Hives'];
const readOnly = 0o555;

/**
 * A plain tar as a layer of a Windows container: its files below `Files`, beside an empty `Hives`, byte for byte as crane
 * writes it. @throws OCI_EDIT_REFUSED for one that has that form already, CODEC_TAR_INVALID
 */
export async function* windowsLayer(plain: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void, undefined> {
  for (const name of directories) yield tarHead({ name, type: '5', mode: readOnly, size: 0 });
  let pieces: Buffer[] = [];
  const walker = new TarWalker((entry, raw) => {
    pieces.push(moveBelow(entry, raw));
    return entry.type === 'file' ? contentSink(entry, (piece) => void pieces.push(piece)) : undefined;
  });
  for await (const chunk of plain) {
    walker.push(chunk);
    yield* pieces;
    pieces = [];
  }
  walker.finish();
  yield* pieces;
  yield tarEnd;
}

function contentSink({ size }: TarEntry, put: (piece: Buffer) => void): TarSink {
  return { write: put, end: () => put(tarPadding(size)) };
}

function moveBelow(entry: TarEntry, { block, pax }: RawEntry): Buffer {
  if (entry.path.startsWith(`${filesDirectory}/`)) {
    const reason = `${entry.path.slice(0, 200)} is where files of Windows are already`;
    throw refuseEdit('the image', reason, 'Give the files as they shall stand on the disk.');
  }
  const name = posix.join(filesDirectory, entry.path).replace(/\/$/, '');
  return rewriteHead(entry, { block, pax: [...pax, owner] }, name);
}
