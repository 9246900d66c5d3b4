import type { RawEntry, TarEntry } from './entry.ts';
import { number, text } from './header.ts';
import { fitsOctal, isAscii, splitName, tarHead } from './write.ts';

/** Records that say the same as a field of the header. */
const fieldKeys: ReadonlySet<string> = new Set([
  'path',
  'linkpath',
  'size',
  'uid',
  'gid',
  'uname',
  'gname',
  'mtime',
  'atime',
  'ctime',
]);

/**
 * The head of an entry under another name, with all that was known of it, byte for byte as Go's archive/tar writes it in
 * the pax format: what has no room in the header has a record, and records of others stay.
 */
export function rewriteHead(entry: TarEntry, raw: RawEntry, name: string): Buffer {
  const own = new Map(raw.pax);
  const { block } = raw;
  const isV7 = block.toString('latin1', 257, 262) !== 'ustar';
  const numberAt = (start: number, end: number): number => (isV7 && start > 257 ? 0 : number(block, start, end, 0));
  const textAt = (start: number, end: number): string => (isV7 ? '' : text(block, start, end));
  const header = {
    name,
    type: typeOf(entry, block),
    size: entry.type === 'file' ? entry.size : 0,
    mode: numberAt(100, 108),
    uid: decimal(own.get('uid')) ?? numberAt(108, 116),
    gid: decimal(own.get('gid')) ?? numberAt(116, 124),
    linkName: entry.linkPath,
    uname: own.get('uname') || textAt(265, 297),
    gname: own.get('gname') || textAt(297, 329),
    devMajor: numberAt(329, 337),
    devMinor: numberAt(337, 345),
  };
  const records = new Records(own);
  records.text('path', name, 100);
  records.text('linkpath', header.linkName, 100);
  records.text('uname', header.uname, 32);
  records.text('gname', header.gname, 32);
  records.number('uid', header.uid, 8);
  records.number('gid', header.gid, 8);
  records.number('size', header.size, 12);
  const mtime = normalTime(own.get('mtime')) ?? String(numberAt(136, 148));
  records.mtime(mtime);
  records.time('atime', normalTime(own.get('atime')) ?? gnuTime(block, 345));
  records.time('ctime', normalTime(own.get('ctime')) ?? gnuTime(block, 357));
  const written = { ...header, mtime: Math.floor(Number(mtime)) };
  const all = records.withOthers();
  // A name alone needs no record where its directories have room in the header.
  const split = own.size === 0 && all.size === 1 && all.has('path') ? splitName(name) : undefined;
  return split === undefined ? tarHead(written, all) : tarHead({ ...written, ...split });
}

/** What is written of the records that an entry had. */
class Records {
  readonly #own: ReadonlyMap<string, string>;
  readonly #written: Map<string, string> = new Map();

  constructor(own: ReadonlyMap<string, string>) {
    this.#own = own;
  }

  text(key: string, value: string, width: number): void {
    this.#put(key, value, !isAscii(value) || value.length > width);
  }

  number(key: string, value: number, width: number): void {
    this.#put(key, String(value), !fitsOctal(value, width));
  }

  mtime(value: string): void {
    this.#put('mtime', value, value.includes('.') || !fitsOctal(Number(value), 12));
  }

  time(key: string, value: string | undefined): void {
    if (value !== undefined) this.#written.set(key, value);
  }

  withOthers(): ReadonlyMap<string, string> {
    for (const [key, value] of this.#own) {
      if (!fieldKeys.has(key) && !key.startsWith('GNU.sparse.')) this.#written.set(key, value);
    }
    return this.#written;
  }

  #put(key: string, value: string, isNeeded: boolean): void {
    if (isNeeded || this.#own.get(key) === value) this.#written.set(key, value);
  }
}

/** Holes of sparse files are filled, so that they are files like others. */
function typeOf({ type }: TarEntry, block: Buffer): string {
  const flag = String.fromCharCode(block[156] ?? 0);
  if (flag === '\0') return type === 'directory' ? '5' : '0';
  return flag === 'S' ? '0' : flag;
}

function decimal(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** Seconds with up to nine digits behind the point, and no zeros at the end (POSIX.1-2017 pax, "mtime"). */
function normalTime(value: string | undefined): string | undefined {
  const [, seconds, fraction = ''] = /^(-?\d{1,15})(?:\.(\d*))?$/.exec(value ?? '') ?? [];
  if (seconds === undefined) return undefined;
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  return digits === '' ? seconds : `${seconds}.${digits}`;
}

/** GNU keeps two more times where ustar has the prefix of the name. */
function gnuTime(block: Buffer, start: number): string | undefined {
  if (block.toString('latin1', 257, 265) !== 'ustar  \0' || block[start] === 0) return undefined;
  return String(number(block, start, start + 12, 0));
}
