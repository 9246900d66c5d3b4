import type { ByteSource } from '../../core/index.ts';
import { type Executable, HeaderView, readFile } from './executable.ts';

const signature = 'PE\0\0';
const fileHeader = 20;
const sectionHeader = 40;
const magic64 = 0x20b;
/** Initialised, readable and writable; alignment flags do not matter (PE Format, "Section Flags"). */
const dataFlags = 0xc0000040;
const alignmentFlags = 0x00600000;
const maxSections = 4096;

/** Reads the headers of a Windows executable; undefined when they are not whole. */
export function openPe(source: ByteSource): Executable | undefined {
  const start = readFile(source, 0x3c, 4)?.readUInt32LE(0);
  const head = start === undefined ? undefined : readFile(source, start, signature.length + fileHeader);
  if (start === undefined || head?.toString('latin1', 0, 4) !== signature) return undefined;
  const view = new HeaderView(head, true);
  const optional = readFile(source, start + head.length, view.u16(20));
  const count = view.u16(6);
  if (optional === undefined || optional.length < 32 || count > maxSections) return undefined;
  const table = readFile(source, start + head.length + optional.length, count * sectionHeader);
  if (table === undefined) return undefined;
  const base = imageBase(view.of(optional));
  const rows = view.of(table).rows(sectionHeader);
  const data = rows.find(isData);
  return {
    mappings: rows.map((row) => ({ address: base + row.u32(12), size: row.u32(16), offset: row.u32(20) })),
    data: data && { address: base + data.u32(12), size: data.u32(8) },
  };
}

function imageBase(optional: HeaderView): number {
  return optional.u16(0) === magic64 ? optional.u64(24) : optional.u32(28);
}

function isData(row: HeaderView): boolean {
  const flags = (row.u32(36) & ~alignmentFlags) >>> 0;
  return row.u32(12) !== 0 && row.u32(16) !== 0 && flags === dataFlags;
}
