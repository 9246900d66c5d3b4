/** What to write into an executable that looks as the Go linker leaves it. */
export interface GoProgram {
  readonly goVersion?: string;
  /** Lines as `go version -m` prints them, without indent; `undefined` writes no list at all. */
  readonly modules?: readonly string[];
  /** Since Go 1.18 the texts follow the header; before, it pointed to them. */
  readonly format?: 'inline' | 'pointers';
  readonly bits?: 32 | 64;
  readonly order?: 'little' | 'big';
  /** False leaves only segments, as some strippers do. */
  readonly sections?: boolean;
  /** String variables that keep their symbols. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Bytes to put before the build information, within the same segment. */
  readonly before?: Uint8Array;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const base = 0x10000;
const frame = Buffer.alloc(16, 0xb7);

/** Size in bytes, or `w` for a word, and value. */
type Field = readonly [size: 1 | 2 | 4 | 8 | 'w', value: number];

/** Writes numbers in one byte order and word size. */
class Writer {
  readonly #little: boolean;
  readonly word: 4 | 8;

  constructor({ bits = 64, order = 'little' }: Pick<GoProgram, 'bits' | 'order'>) {
    this.#little = order === 'little';
    this.word = bits === 64 ? 8 : 4;
  }

  pack(...fields: readonly Field[]): Buffer {
    return Buffer.concat(fields.map(([size, value]) => this.#number(size === 'w' ? this.word : size, value)));
  }

  #number(size: 1 | 2 | 4 | 8, value: number): Buffer {
    const bytes = Buffer.alloc(size);
    if (size === 8) this.#little ? bytes.writeBigUInt64LE(BigInt(value)) : bytes.writeBigUInt64BE(BigInt(value));
    else if (this.#little) bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  }
}

/** The data segment: the build information and what it refers to, as it lies in memory from `address` on. */
export function makeGoData(program: GoProgram, address: number = base): Buffer {
  const { goVersion = 'go1.22.3', modules, before = Buffer.alloc(0) } = program;
  const list =
    modules === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([frame, Buffer.from(modules.map((line) => `${line}\n`).join('')), frame]);
  const version = Buffer.from(goVersion);
  const padded = Buffer.concat([before, Buffer.alloc((16 - (before.length % 16)) % 16)]);
  const info =
    program.format === 'pointers'
      ? pointerInfo(version, list, { writer: new Writer(program), program, address: address + padded.length })
      : inlineInfo(version, list);
  return Buffer.concat([padded, info]);
}

function inlineInfo(version: Buffer, list: Buffer): Buffer {
  const header = Buffer.concat([magic, Buffer.from([0, 2]), Buffer.alloc(16)]);
  return Buffer.concat([header, varint(version.length), version, varint(list.length), list]);
}

function pointerInfo(
  version: Buffer,
  list: Buffer,
  { writer, program, address }: { writer: Writer; program: GoProgram; address: number },
): Buffer {
  const strings = address + 32;
  const texts = strings + 4 * writer.word;
  const flags = program.order === 'big' ? 1 : 0;
  const pointers = writer.pack(['w', strings], ['w', list.length === 0 ? 0 : strings + 2 * writer.word]);
  const header = Buffer.concat([magic, Buffer.from([writer.word, flags]), pointers]);
  const heads = writer.pack(['w', texts], ['w', version.length], ['w', texts + version.length], ['w', list.length]);
  return Buffer.concat([header, Buffer.alloc(32 - header.length), heads, version, list]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** An ELF executable of one segment (System V ABI). */
export function makeGoElf(program: GoProgram = {}): Buffer {
  return makeElf(makeGoData(program), program);
}

/** An ELF executable with `data` in a writable segment at `base`. */
export function makeElf(data: Buffer, program: GoProgram = {}): Buffer {
  const writer = new Writer(program);
  const wide = writer.word === 8;
  const headerSize = wide ? 64 : 52;
  const dataAt = headerSize + (wide ? 56 : 32);
  const { sections, bytes } = program.sections === false ? noSections : elfSections(writer, data, dataAt, program);
  const ident = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, program.order === 'big' ? 2 : 1, 1]),
    Buffer.alloc(9),
  ]);
  const header = writer.pack(
    [2, 2],
    [2, wide ? 62 : 3],
    [4, 1],
    ['w', base],
    ['w', headerSize],
    ['w', sections === 0 ? 0 : dataAt + bytes.length - sections * (wide ? 64 : 40)],
    [4, 0],
    [2, headerSize],
    [2, wide ? 56 : 32],
    [2, 1],
    [2, wide ? 64 : 40],
    [2, sections],
    [2, Math.max(sections - 1, 0)],
  );
  const load: readonly Field[] = wide
    ? [
        [4, 1],
        [4, 6],
        [8, dataAt],
        [8, base],
        [8, base],
        [8, data.length],
        [8, data.length],
        [8, 16],
      ]
    : [
        [4, 1],
        [4, dataAt],
        [4, base],
        [4, base],
        [4, data.length],
        [4, data.length],
        [4, 6],
        [4, 16],
      ];
  return Buffer.concat([ident, header, writer.pack(...load), sections === 0 ? data : bytes]);
}

const noSections = { sections: 0, bytes: Buffer.alloc(0) };

/** Data, variables, symbols and names, then the table of sections, whose last one holds their names. */
function elfSections(
  writer: Writer,
  data: Buffer,
  dataAt: number,
  { variables = {} }: GoProgram,
): { sections: number; bytes: Buffer } {
  const names = Buffer.from('\0.go.buildinfo\0.data\0.symtab\0.strtab\0.shstrtab\0');
  const texts = Object.entries(variables);
  const values = Buffer.from(texts.map(([, value]) => value).join(''));
  const symbolNames = Buffer.from(`\0${texts.map(([name]) => `${name}.str\0`).join('')}`);
  const valuesAt = dataAt + data.length;
  const symbols = elfSymbols(writer, texts, base + data.length);
  const symbolsAt = valuesAt + values.length;
  const symbolNamesAt = symbolsAt + symbols.length;
  const namesAt = symbolNamesAt + symbolNames.length;
  const section = (
    name: string,
    type: number,
    place: { address?: number; at: number; size: number; link?: number },
  ): Buffer =>
    writer.pack(
      [4, Math.max(names.indexOf(`\0${name}\0`) + 1, 0)],
      [4, type],
      ['w', 0],
      ['w', place.address ?? 0],
      ['w', place.at],
      ['w', place.size],
      [4, place.link ?? 0],
      [4, 0],
      ['w', 1],
      ['w', 0],
    );
  const table = [
    section('', 0, { at: 0, size: 0 }),
    section('.go.buildinfo', 1, { address: base, at: dataAt, size: data.length }),
    section('.data', 1, { address: base + data.length, at: valuesAt, size: values.length }),
    section('.symtab', 2, { at: symbolsAt, size: symbols.length, link: 4 }),
    section('.strtab', 3, { at: symbolNamesAt, size: symbolNames.length }),
    section('.shstrtab', 3, { at: namesAt, size: names.length }),
  ];
  return { sections: table.length, bytes: Buffer.concat([data, values, symbols, symbolNames, names, ...table]) };
}

function elfSymbols(writer: Writer, texts: readonly (readonly [string, string])[], address: number): Buffer {
  let name = 1;
  let value = address;
  const rows = texts.map(([key, text]) => {
    const row =
      writer.word === 8
        ? writer.pack([4, name], [1, 1], [1, 0], [2, 2], [8, value], [8, text.length])
        : writer.pack([4, name], [4, value], [4, text.length], [1, 1], [1, 0], [2, 2]);
    name += key.length + 5;
    value += text.length;
    return row;
  });
  return Buffer.concat(rows);
}

/** A Mach-O executable of one segment (mach-o/loader.h). */
export function makeGoMachO(program: GoProgram = {}): Buffer {
  const writer = new Writer(program);
  const wide = writer.word === 8;
  const data = makeGoData(program);
  const named = program.sections !== false;
  const segmentSize = (wide ? 72 : 56) + (named ? (wide ? 80 : 68) : 0);
  const dataAt = (wide ? 32 : 28) + segmentSize;
  const name = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.alloc(16 - text.length)]);
  const header = writer.pack(
    [4, wide ? 0xfeedfacf : 0xfeedface],
    [4, 7],
    [4, 3],
    [4, 2],
    [4, 1],
    [4, segmentSize],
    [4, 0],
  );
  const segment = Buffer.concat([
    writer.pack([4, wide ? 0x19 : 1], [4, segmentSize]),
    name('__DATA'),
    writer.pack(
      ['w', base],
      ['w', data.length],
      ['w', dataAt],
      ['w', data.length],
      [4, 3],
      [4, 3],
      [4, named ? 1 : 0],
      [4, 0],
    ),
  ]);
  const section = Buffer.concat([
    name('__go_buildinfo'),
    name('__DATA'),
    writer.pack(['w', base], ['w', data.length], [4, dataAt]),
    Buffer.alloc(wide ? 28 : 24),
  ]);
  return Buffer.concat([header, Buffer.alloc(wide ? 4 : 0), segment, named ? section : Buffer.alloc(0), data]);
}

/** A file of executables for several machines (mach-o/fat.h). */
export function makeFatMachO(first: Buffer): Buffer {
  const big = new Writer({ order: 'big' });
  return Buffer.concat([big.pack([4, 0xcafebabe], [4, 1], [4, 7], [4, 3], [4, 28], [4, first.length], [4, 0]), first]);
}

/** A Windows executable of one section (PE Format). */
export function makeGoPe(program: GoProgram = {}): Buffer {
  const writer = new Writer({ bits: program.bits ?? 64 });
  const wide = writer.word === 8;
  const optionalSize = wide ? 112 : 96;
  const dataAt = 64 + 24 + optionalSize + 40;
  const data = makeGoData(program, base + 0x1000);
  const dos = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(58), writer.pack([4, 64])]);
  const file = writer.pack([2, 0x8664], [2, 1], [4, 0], [4, 0], [4, 0], [2, optionalSize], [2, 2]);
  const optional = Buffer.alloc(optionalSize);
  optional.writeUInt16LE(wide ? 0x20b : 0x10b, 0);
  if (wide) optional.writeBigUInt64LE(BigInt(base), 24);
  else optional.writeUInt32LE(base, 28);
  const section = Buffer.concat([
    Buffer.from('.data\0\0\0'),
    writer.pack(
      [4, data.length],
      [4, 0x1000],
      [4, data.length],
      [4, dataAt],
      [4, 0],
      [4, 0],
      [2, 0],
      [2, 0],
      [4, 0xc0600040],
    ),
  ]);
  return Buffer.concat([dos, Buffer.from('PE\0\0'), file, optional, section, data]);
}
