import type { ByteSource } from '../../core/index.ts';
import { type Executable, HeaderView, type Mapping, readFile } from './executable.ts';

interface Segment extends Mapping {
  readonly name: string;
  /** Bytes in memory, which may be more than in the file. */
  readonly memory: number;
  /** Initial and maximal protection. */
  readonly protection: readonly [number, number];
  readonly sections: readonly { readonly name: string; readonly address: number; readonly size: number }[];
}

/** Sizes and places that differ between the 32 and the 64 bit form (mach-o/loader.h). */
interface Layout {
  readonly word: 4 | 8;
  readonly header: number;
  readonly command: number;
  readonly segment: number;
  readonly section: number;
}

const layout32: Layout = { word: 4, header: 28, command: 0x01, segment: 56, section: 68 };
const layout64: Layout = { word: 8, header: 32, command: 0x19, segment: 72, section: 80 };

const readWrite = 3;
const buildInfoSection = '__go_buildinfo';
const unmapped = '__PAGEZERO';
const maxCommands = 1 << 20;

/** Reads the load commands of a Mach-O file; undefined when they are not whole. */
export function openMachO(source: ByteSource): Executable | undefined {
  const magic = readFile(source, 0, 4);
  if (magic === undefined) return undefined;
  const little = magic[3] === 0xfe;
  const layout = (little ? magic[0] : magic[3]) === 0xcf ? layout64 : layout32;
  const bytes = readFile(source, 0, layout.header);
  if (bytes === undefined) return undefined;
  const header = new HeaderView(bytes, little);
  const commands = header.u32(20) > maxCommands ? undefined : readFile(source, layout.header, header.u32(20));
  if (commands === undefined) return undefined;
  const segments = readSegments(header.of(commands), layout);
  const sections = segments.flatMap((segment) => segment.sections);
  const writable = segments.find(
    ({ address, size, protection }) => address !== 0 && size !== 0 && protection.every((value) => value === readWrite),
  );
  return {
    mappings: segments.filter(({ name }) => name !== unmapped),
    data: sections.find(({ name }) => name === buildInfoSection) ?? writable,
  };
}

function readSegments(commands: HeaderView, layout: Layout): Segment[] {
  const segments: Segment[] = [];
  const end = commands.bytes.length;
  for (let at = 0; at + 8 <= end; ) {
    const length = commands.u32(at + 4);
    if (length < 8 || at + length > end) break;
    if (commands.u32(at) === layout.command && length >= layout.segment) {
      segments.push(readSegment(commands.of(commands.bytes.subarray(at, at + length)), layout));
    }
    at += length;
  }
  return segments;
}

function readSegment(command: HeaderView, { word, segment, section }: Layout): Segment {
  const at = (index: number): number => command.word(24 + index * word, word);
  const rows = command.of(command.bytes.subarray(segment)).rows(section);
  const afterWords = 24 + 4 * word;
  return {
    name: command.text(8, 24),
    address: at(0),
    memory: at(1),
    offset: at(2),
    size: at(3),
    protection: [command.u32(afterWords), command.u32(afterWords + 4)],
    sections: rows.map((row) => ({
      name: row.text(0, 16),
      address: row.word(32, word),
      size: row.word(32 + word, word),
    })),
  };
}
