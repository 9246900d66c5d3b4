import type { ByteSource } from '../../core/index.ts';
import { type Executable, HeaderView, type Mapping, readFile } from './executable.ts';

/** Where the two classes of ELF keep the same fields (System V ABI, "ELF Header", "Sections", "Program Header"). */
interface Layout {
  readonly word: 4 | 8;
  readonly header: number;
  readonly programs: Table;
  readonly sections: Table & { readonly names: number };
  readonly program: {
    readonly flags: number;
    readonly offset: number;
    readonly address: number;
    readonly size: number;
  };
  readonly section: {
    readonly address: number;
    readonly offset: number;
    readonly size: number;
    readonly link: number;
  };
  readonly symbol: { readonly size: number; readonly value: number; readonly length: number; readonly section: number };
}

/** Where the header says of a table where it is, and how many rows of which size it has. */
interface Table {
  readonly table: number;
  readonly size: number;
  readonly count: number;
  /** Bytes of a row that are read. */
  readonly row: number;
}

const layout32: Layout = {
  word: 4,
  header: 52,
  programs: { table: 28, size: 42, count: 44, row: 32 },
  sections: { table: 32, size: 46, count: 48, row: 40, names: 50 },
  program: { flags: 24, offset: 4, address: 8, size: 16 },
  section: { address: 12, offset: 16, size: 20, link: 24 },
  symbol: { size: 16, value: 4, length: 8, section: 14 },
};

const layout64: Layout = {
  word: 8,
  header: 64,
  programs: { table: 32, size: 54, count: 56, row: 56 },
  sections: { table: 40, size: 58, count: 60, row: 64, names: 62 },
  program: { flags: 4, offset: 8, address: 16, size: 32 },
  section: { address: 16, offset: 24, size: 32, link: 40 },
  symbol: { size: 24, value: 8, length: 16, section: 6 },
};

interface Section extends Mapping {
  readonly name: string;
  readonly type: number;
  readonly link: number;
}

const typeLoad = 1;
const flagExecute = 1;
const flagWrite = 2;
const typeSymbols = 2;
const typeNoBits = 8;
const buildInfoSection = '.go.buildinfo';
/** Go programs have about 40 sections and 10 segments. */
const maxRows = 4096;
const maxNames = 1 << 20;
const maxSymbols = 256 * 2 ** 20;
const maxText = 256;

/** Reads the headers of an ELF file; undefined when they are not whole. */
export function openElf(source: ByteSource): Executable | undefined {
  const ident = readFile(source, 0, 16);
  const layout = ident?.[4] === 1 ? layout32 : ident?.[4] === 2 ? layout64 : undefined;
  const bytes = layout && readFile(source, 0, layout.header);
  if (ident === undefined || layout === undefined || bytes === undefined) return undefined;
  const header = new HeaderView(bytes, ident[5] !== 2);
  const programs = readTable(source, header, layout.programs, layout);
  const loaded = programs.filter((program) => program.u32(0) === typeLoad);
  const writable = loaded.find(
    (program) => (program.u32(layout.program.flags) & (flagExecute | flagWrite)) === flagWrite,
  );
  const sections = readSections(source, header, layout);
  return {
    mappings: loaded.map((program) => toMapping(program, layout)),
    data: sections.find(({ name }) => name === buildInfoSection) ?? (writable && toMapping(writable, layout)),
    texts: (wanted) => readTexts({ source, header, layout, sections }, wanted),
  };
}

function readTable(source: ByteSource, header: HeaderView, at: Table, { word }: Layout): HeaderView[] {
  const size = header.u16(at.size);
  const count = header.u16(at.count);
  if (size < at.row || count > maxRows) return [];
  const bytes = readFile(source, header.word(at.table, word), size * count);
  return bytes === undefined ? [] : header.of(bytes).rows(size);
}

function toMapping(program: HeaderView, { word, program: at }: Layout): Mapping {
  return {
    address: program.word(at.address, word),
    size: program.word(at.size, word),
    offset: program.word(at.offset, word),
  };
}

function readSections(source: ByteSource, header: HeaderView, layout: Layout): Section[] {
  const { word, section: at, sections } = layout;
  const rows = readTable(source, header, sections, layout);
  const names = rows[header.u16(sections.names)];
  const nameBytes =
    names && readFile(source, names.word(at.offset, word), Math.min(names.word(at.size, word), maxNames));
  if (nameBytes === undefined) return [];
  const nameView = header.of(nameBytes);
  return rows.map((row) => ({
    name: nameView.text(row.u32(0), row.u32(0) + buildInfoSection.length + 1),
    type: row.u32(4),
    address: row.word(at.address, word),
    offset: row.word(at.offset, word),
    size: row.word(at.size, word),
    link: row.u32(at.link),
  }));
}

interface SymbolFile {
  readonly source: ByteSource;
  readonly header: HeaderView;
  readonly layout: Layout;
  readonly sections: readonly Section[];
}

/** What the symbols point to whose names are wanted; nothing in stripped files. */
function readTexts(file: SymbolFile, wanted: (name: string) => boolean): { name: string; text: string }[] {
  const { source, header, layout, sections } = file;
  const symbols = sections.find(({ type }) => type === typeSymbols);
  const names = symbols && sections[symbols.link];
  if (symbols === undefined || names === undefined || symbols.size + names.size > maxSymbols) return [];
  const table = readFile(source, symbols.offset, symbols.size);
  const nameBytes = readFile(source, names.offset, names.size);
  if (table === undefined || nameBytes === undefined) return [];
  const offsets = findNames(nameBytes, wanted);
  if (offsets.size === 0) return [];
  const view = header.of(table);
  const found: { name: string; text: string }[] = [];
  for (let at = 0; at + layout.symbol.size <= table.length; at += layout.symbol.size) {
    const name = offsets.get(view.u32(at));
    const text = name === undefined ? undefined : readText(file, view, at);
    if (name !== undefined && text) found.push({ name, text });
  }
  return found;
}

/** Tables have a hundred thousand names; only those that end like a text are looked at as strings. */
function findNames(bytes: Buffer, wanted: (name: string) => boolean): Map<number, string> {
  const found = new Map<number, string>();
  const ending = Buffer.from(`${textSuffix}\0`);
  for (let at = bytes.indexOf(ending); at >= 0; at = bytes.indexOf(ending, at + 1)) {
    const start = bytes.lastIndexOf(0, at) + 1;
    const name = bytes.toString('latin1', start, at);
    if (wanted(name)) found.set(start, name);
  }
  return found;
}

/** The linker keeps the text of the variable `NAME` under the symbol `NAME.str`. */
const textSuffix = '.str';

function readText({ source, layout, sections }: SymbolFile, symbols: HeaderView, at: number): string | undefined {
  const { word, symbol } = layout;
  const section = sections[symbols.u16(at + symbol.section)];
  const length = symbols.word(at + symbol.length, word);
  if (section === undefined || section.type === typeNoBits || length > maxText) return undefined;
  const inside = symbols.word(at + symbol.value, word) - section.address;
  if (inside < 0 || inside + length > section.size) return undefined;
  return readFile(source, section.offset + inside, length)
    ?.toString('utf8')
    .replace(/\0+$/, '');
}
