/** One entry of a tar archive to build. */
export interface TarEntrySpec {
  readonly path: string;
  readonly type?: 'file' | 'v7' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'fifo' | 'contiguous';
  readonly content?: Uint8Array | string;
  readonly linkPath?: string;
  readonly mode?: number;
  /** Header dialect; `pax` and `gnu` also say how long names are written. */
  readonly format?: 'ustar' | 'pax' | 'gnu';
  /** Extra pax records, in order. */
  readonly pax?: readonly (readonly [key: string, value: string])[];
  /** Writes the file with holes in one of the four layouts; `content` is the packed data. */
  readonly sparse?: SparseSpec;
  /** Writes the size in base-256, as GNU tar does for huge files. */
  readonly binarySize?: boolean;
}

export interface SparseSpec {
  readonly layout: 'gnu' | 'pax-0.0' | 'pax-0.1' | 'pax-1.0';
  readonly size: number;
  readonly chunks: readonly { readonly offset: number; readonly length: number }[];
}

const block = 512;
const typeFlags = {
  file: '0',
  v7: '\0',
  directory: '5',
  symlink: '2',
  hardlink: '1',
  character: '3',
  fifo: '6',
  contiguous: '7',
} as const;

/** A whole archive with its two blocks of zeros at the end. */
export function buildTar(entries: readonly TarEntrySpec[]): Buffer {
  return Buffer.concat([...entries.map(buildEntry), Buffer.alloc(2 * block)]);
}

/** One entry with everything that belongs before it. */
export function buildEntry(entry: TarEntrySpec): Buffer {
  const content = Buffer.from(entry.content ?? '');
  if (entry.sparse !== undefined) return buildSparse(entry, entry.sparse, content);
  const { parts, path, linkPath } = longNames(entry);
  const flag = typeFlags[entry.type ?? 'file'];
  parts.push(header({ ...entry, path, linkPath, flag, size: content.length }), padded(content));
  return Buffer.concat(parts);
}

/** A pax extended header: `x` for the next entry, `g` for all that follow. */
export function paxHeader(records: readonly (readonly [string, string])[], flag: 'x' | 'g' = 'x'): Buffer {
  const data = Buffer.concat(records.map(paxRecord));
  return Buffer.concat([header({ path: 'PaxHeaders/0', flag, size: data.length }), padded(data)]);
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord([key, value]: readonly [string, string]): Buffer {
  const body = Buffer.from(` ${key}=${value}\n`);
  let length = body.length + 1;
  while (String(length).length + body.length !== length) length = String(length).length + body.length;
  return Buffer.concat([Buffer.from(String(length)), body]);
}

function longNames(entry: TarEntrySpec): { parts: Buffer[]; path: string; linkPath: string } {
  const { path, linkPath = '', format = 'ustar', pax = [] } = entry;
  const long = Buffer.byteLength(path) > 100;
  const longLink = Buffer.byteLength(linkPath) > 100;
  const records: (readonly [string, string])[] = [...pax];
  const parts: Buffer[] = [];
  if (format === 'gnu') {
    if (longLink) parts.push(gnuLong('K', linkPath));
    if (long) parts.push(gnuLong('L', path));
  } else if (format === 'pax') {
    if (long) records.push(['path', path]);
    if (longLink) records.push(['linkpath', linkPath]);
  }
  if (records.length > 0) parts.push(paxHeader(records));
  const cut = format !== 'ustar';
  return { parts, path: cut ? path.slice(0, 100) : path, linkPath: linkPath.slice(0, 100) };
}

function gnuLong(flag: 'K' | 'L', text: string): Buffer {
  const data = Buffer.from(`${text}\0`);
  return Buffer.concat([header({ path: '././@LongLink', flag, size: data.length, format: 'gnu' }), padded(data)]);
}

function buildSparse(entry: TarEntrySpec, { layout, size, chunks }: SparseSpec, content: Buffer): Buffer {
  if (layout === 'gnu') return buildGnuSparse(entry, size, chunks, content);
  const map = chunks.flatMap(({ offset, length }) => [offset, length]);
  if (layout === 'pax-1.0') {
    const list = padded(Buffer.from([chunks.length, ...map].map((value) => `${value}\n`).join('')));
    const pax = sparseRecords(entry.path, size, ['1', '0']);
    return buildEntry({ path: 'GNUSparseFile.0/x', pax, content: Buffer.concat([list, content]) });
  }
  const records =
    layout === 'pax-0.1'
      ? [['GNU.sparse.map', map.join(',')] as const]
      : chunks.flatMap(({ offset, length }) => [
          ['GNU.sparse.offset', String(offset)] as const,
          ['GNU.sparse.numbytes', String(length)] as const,
        ]);
  const pax = [['GNU.sparse.size', String(size)] as const, ['GNU.sparse.numblocks', String(chunks.length)] as const];
  return buildEntry({ path: entry.path, pax: [...pax, ...records], content });
}

function sparseRecords(name: string, size: number, [major, minor]: readonly [string, string]): [string, string][] {
  return [
    ['GNU.sparse.major', major],
    ['GNU.sparse.minor', minor],
    ['GNU.sparse.name', name],
    ['GNU.sparse.realsize', String(size)],
  ];
}

function buildGnuSparse(entry: TarEntrySpec, size: number, chunks: SparseSpec['chunks'], content: Buffer): Buffer {
  const head = header({ path: entry.path, flag: 'S', size: content.length, format: 'gnu' });
  chunks.slice(0, 4).forEach(({ offset, length }, index) => {
    octal(head, 386 + index * 24, 12, offset);
    octal(head, 386 + index * 24 + 12, 12, length);
  });
  octal(head, 483, 12, size);
  const rest = chunks.slice(4);
  head[482] = rest.length > 0 ? 1 : 0;
  sign(head);
  const extensions: Buffer[] = [];
  for (let at = 0; at < rest.length; at += 21) {
    const extension = Buffer.alloc(block);
    rest.slice(at, at + 21).forEach(({ offset, length }, index) => {
      octal(extension, index * 24, 12, offset);
      octal(extension, index * 24 + 12, 12, length);
    });
    extension[504] = at + 21 < rest.length ? 1 : 0;
    extensions.push(extension);
  }
  return Buffer.concat([head, ...extensions, padded(content)]);
}

interface HeaderSpec extends Pick<TarEntrySpec, 'path' | 'linkPath' | 'mode' | 'format' | 'binarySize'> {
  readonly flag: string;
  readonly size: number;
}

function header({ path, linkPath = '', mode = 0o644, format = 'ustar', binarySize, flag, size }: HeaderSpec): Buffer {
  const bytes = Buffer.alloc(block);
  const { prefix, name } = format === 'ustar' ? splitName(path) : { prefix: '', name: path };
  bytes.write(name, 0, 100);
  octal(bytes, 100, 8, mode);
  octal(bytes, 108, 8, 0);
  octal(bytes, 116, 8, 0);
  if (binarySize) {
    bytes.writeBigUInt64BE(BigInt(size), 128);
    bytes[124] = 0x80;
  } else octal(bytes, 124, 12, size);
  octal(bytes, 136, 12, 0);
  bytes.write(flag, 156, 'latin1');
  bytes.write(linkPath, 157, 100);
  bytes.write(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 'latin1');
  bytes.write(prefix, 345, 155);
  sign(bytes);
  return bytes;
}

/** ustar keeps up to 155 bytes of leading directories apart. */
function splitName(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  const cut = path.indexOf('/', path.length - 101);
  return { prefix: path.slice(0, cut), name: path.slice(cut + 1) };
}

/** Writes the checksum of a header block. */
export function sign(bytes: Buffer): void {
  bytes.fill(' ', 148, 156);
  let sum = 0;
  for (const byte of bytes.subarray(0, block)) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

function octal(bytes: Buffer, start: number, width: number, value: number): void {
  bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, start, 'latin1');
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((block - (data.length % block)) % block)]);
}
