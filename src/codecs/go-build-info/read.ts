import type { ByteSource } from '../../core/index.ts';
import { sliceSource } from '../../kit/memory-source.ts';
import { codecError } from '../errors.ts';
import { openElf } from './elf.ts';
import { type Executable, readFile, readMemory } from './executable.ts';
import { openMachO } from './mach-o.ts';
import { type GoModules, parseModules } from './modules.ts';
import { openPe } from './pe.ts';

/** What the Go linker wrote into an executable (Go's debug/buildinfo). */
export interface GoBuildInfo extends GoModules {
  /** As the toolchain calls itself, for example `go1.22.3`. */
  readonly goVersion: string;
  /** Texts of the string variables that `wanted` accepts, by `package.variable`; none in stripped files. */
  readonly variables: (wanted: (name: string) => boolean) => { readonly name: string; readonly text: string }[];
}

/** First bytes, in hexadecimal, of the formats that are read: ELF, Mach-O (also for several machines), PE. */
export const executableMagic: readonly string[] = [
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  '4d5a',
];

const buildInfoMagic = Buffer.from('\xff Go buildinf:', 'latin1');
const alignment = 16;
const headerSize = 32;
/** Where nothing names the place, it is near the start of the data. */
const maxSearched = 1 << 20;
const maxText = 64 * 2 ** 20;
const flagBigEndian = 1;
const flagInline = 2;

/** Reads the build information of a Go program; undefined for other files. @throws CODEC_GO_INVALID when it is damaged */
export function readGoBuildInfo(source: ByteSource): GoBuildInfo | undefined {
  const file = ofFirstMachine(source);
  const executable = file && openExecutable(file);
  if (file === undefined || executable?.data === undefined) return undefined;
  const address = findHeader(file, executable, executable.data);
  if (address === undefined) return undefined;
  const memory: Memory = (at, length) => readMemory(file, executable, at, length);
  const [goVersion, modules] = readTexts(memory, address);
  if (goVersion.length === 0) return undefined;
  return {
    goVersion: goVersion.toString('utf8'),
    ...parseModules(withoutFrame(modules)),
    variables: executable.texts ?? (() => []),
  };
}

type Memory = (address: number, length: number) => Buffer;

/** A file for several machines is judged by the first of them (mach-o/fat.h). */
function ofFirstMachine(source: ByteSource): ByteSource | undefined {
  const head = readFile(source, 0, 28);
  if (head === undefined) return undefined;
  if (head.readUInt32BE(0) !== 0xcafebabe) return source;
  const offset = head.readUInt32BE(16);
  const size = head.readUInt32BE(20);
  // Java classes begin with the same bytes; what follows makes no sense as a table of machines then.
  return offset >= 28 && offset + size <= source.size ? sliceSource(source, offset, size) : undefined;
}

function openExecutable(source: ByteSource): Executable | undefined {
  const magic = readFile(source, 0, 4)?.toString('hex') ?? '';
  if (magic === '7f454c46') return openElf(source);
  if (magic.startsWith('4d5a')) return openPe(source);
  return /^(?:feedfac[ef]|c[ef]faedfe)$/.test(magic) ? openMachO(source) : undefined;
}

function findHeader(
  source: ByteSource,
  executable: Executable,
  { address, size }: NonNullable<Executable['data']>,
): number | undefined {
  const data = readMemory(source, executable, address, Math.min(size, maxSearched));
  for (let at = data.indexOf(buildInfoMagic); at >= 0; at = data.indexOf(buildInfoMagic, at + 1)) {
    if (at % alignment === 0 && at + headerSize <= data.length) return address + at;
  }
  return undefined;
}

/** The version and the modules: since Go 1.18 they follow the header, before it held pointers to them. */
function readTexts(memory: Memory, address: number): readonly [version: Buffer, modules: Buffer] {
  const header = memory(address, headerSize);
  const flags = header[15] ?? 0;
  if (flags & flagInline) {
    const version = readInline(memory, address + headerSize);
    return [version.text, readInline(memory, version.end).text];
  }
  const size = header[14] ?? 0;
  if (size !== 4 && size !== 8) throw invalid('its pointers have no known size');
  const pointer = (at: number): number => readPointer(memory(at, size), size, (flags & flagBigEndian) !== 0);
  const text = (at: number): Buffer => {
    const place = pointer(at);
    return place === 0 ? Buffer.alloc(0) : readText(memory, pointer(place), pointer(place + size));
  };
  return [text(address + 16), text(address + 16 + size)];
}

/** A text after its length, which is in groups of seven bits, the lowest first. */
function readInline(memory: Memory, address: number): { text: Buffer; end: number } {
  const bytes = memory(address, 10);
  let length = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { text: readText(memory, address + index + 1, length), end: address + index + 1 + length };
  }
  throw invalid('a length does not end');
}

function readText(memory: Memory, address: number, length: number): Buffer {
  if (length > maxText) throw invalid('a text is too long');
  const bytes = memory(address, length);
  if (bytes.length < length) throw invalid('a text reaches over the end of its segment');
  return bytes;
}

function readPointer(bytes: Buffer, size: number, big: boolean): number {
  if (bytes.length < size) throw invalid('a pointer leads nowhere');
  if (size === 4) return big ? bytes.readUInt32BE(0) : bytes.readUInt32LE(0);
  return Number(big ? bytes.readBigUInt64BE(0) : bytes.readBigUInt64LE(0));
}

/** The list of modules stands between two marks of 16 bytes each, by which the running program finds it. */
function withoutFrame(modules: Buffer): string {
  const isFramed = modules.length >= 33 && modules[modules.length - 17] === 0x0a;
  return isFramed ? modules.toString('utf8', 16, modules.length - 16) : '';
}

function invalid(reason: string): Error {
  return codecError('CODEC_GO_INVALID', { data: { reason } });
}
