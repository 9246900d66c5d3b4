import { expect, test } from 'vitest';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import {
  type GoProgram,
  makeElf,
  makeFatMachO,
  makeGoData,
  makeGoElf,
  makeGoMachO,
  makeGoPe,
} from '../../../testkit/go-program.ts';
import type { ByteSource } from '../../core/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { type GoBuildInfo, readGoBuildInfo } from './index.ts';

const modules: readonly string[] = [
  'path\texample.org/tool/cmd/tool',
  'mod\texample.org/tool\tv1.2.3\th1:sum=',
  'dep\texample.org/lib\tv0.1.0\th1:sum=',
  'dep\texample.org/old\tv0.2.0',
  '=>\texample.org/new\tv0.3.0\th1:sum=',
  'build\t-compiler=gc',
  'build\t"odd key"="a \\"quoted\\" value\\n"',
];

function read(bytes: Uint8Array): GoBuildInfo | undefined {
  return readGoBuildInfo(memorySource(bytes));
}

const everything = {
  goVersion: 'go1.22.3',
  main: { path: 'example.org/tool', version: 'v1.2.3' },
  dependencies: [
    { path: 'example.org/lib', version: 'v0.1.0' },
    { path: 'example.org/old', version: 'v0.2.0', replacedBy: { path: 'example.org/new', version: 'v0.3.0' } },
  ],
  settings: new Map([
    ['-compiler', 'gc'],
    ['odd key', 'a "quoted" value\n'],
  ]),
};

const shapes: readonly GoProgram[] = (['inline', 'pointers'] as const).flatMap((format) =>
  ([32, 64] as const).flatMap((bits) => (['little', 'big'] as const).map((order) => ({ format, bits, order }))),
);

test.each(shapes)('an ELF program is read ($format, $bits bits, $order endian)', (shape) => {
  expect(read(makeGoElf({ ...shape, modules }))).toMatchObject(everything);
  expect(read(makeGoElf({ ...shape, modules, sections: false }))).toMatchObject(everything);
});

test.each(shapes)('a Mach-O program is read ($format, $bits bits, $order endian)', (shape) => {
  expect(read(makeGoMachO({ ...shape, modules }))).toMatchObject(everything);
  expect(read(makeGoMachO({ ...shape, modules, sections: false }))).toMatchObject(everything);
});

test.each(shapes.filter(({ order }) => order === 'little'))(
  'a Windows program is read ($format, $bits bits)',
  (shape) => {
    expect(read(makeGoPe({ ...shape, modules }))).toMatchObject(everything);
  },
);

test('of a program for several machines the first is read', () => {
  expect(read(makeFatMachO(makeGoMachO({ modules })))).toMatchObject(everything);
});

test('a program built without modules tells its toolchain', () => {
  const info = read(makeGoElf({}));
  expect(info).toMatchObject({ goVersion: 'go1.22.3', dependencies: [] });
  expect(info?.main).toBeUndefined();
});

test('the replacement of the main module is kept apart', () => {
  const info = read(makeGoElf({ modules: ['mod\ta\t(devel)', '=>\tb\tv1'] }));
  expect(info?.main).toEqual({ path: 'a', version: '(devel)', replacedBy: { path: 'b', version: 'v1' } });
});

test('the mark counts where it is aligned', () => {
  const decoy = Buffer.concat([Buffer.alloc(8), Buffer.from('\xff Go buildinf:', 'latin1'), Buffer.alloc(10)]);
  expect(read(makeGoElf({ before: decoy, modules }))).toMatchObject(everything);
});

test.each(shapes.filter(({ format }) => format === 'inline'))(
  'texts of variables are found by symbol ($bits bits, $order endian)',
  (shape) => {
    const info = read(makeGoElf({ ...shape, variables: { 'main.version': '1.2.3', 'main.name': 'tool' } }));
    expect(info?.variables((name) => name.includes('version'))).toEqual([{ name: 'main.version', text: '1.2.3' }]);
    expect(info?.variables(() => false)).toEqual([]);
  },
);

test.each([{ sections: false }, {}])('a stripped program has no variables', (shape) => {
  expect(read(makeGoElf(shape))?.variables(() => true)).toEqual([]);
});

test('a text that a symbol puts outside its section is not read', () => {
  const bytes = makeGoElf({ variables: { 'main.version': '1.2.3' } });
  const row = bytes.indexOf('1.2.3') + 5;
  bytes.writeBigUInt64LE(0n, row + 8);
  expect(read(bytes)?.variables(() => true)).toEqual([]);
});

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['a few bytes', Buffer.from('\x7fELF')],
  ['a script', Buffer.from(`#!/bin/sh\n${' '.repeat(100)}`)],
  ['an ELF program in C', makeElf(Buffer.alloc(4096))],
  ['an ELF file of an unknown class', Buffer.concat([Buffer.from('\x7fELF\x09'), Buffer.alloc(100)])],
  ['a program without version', makeGoElf({ goVersion: '' })],
  ['a Java class', Buffer.concat([Buffer.from('cafebabe00000041', 'hex'), Buffer.alloc(100, 7)])],
  ['a DOS program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
])('%s is no Go program', (_, bytes) => {
  expect(read(bytes)).toBeUndefined();
});

test.each<[string, Buffer]>([
  ['a text longer than the segment', cut(makeGoData({ modules }), 40)],
  ['a length without end', Buffer.concat([makeGoData({}).subarray(0, 32), Buffer.alloc(12, 0xff)])],
  ['an endless text', Buffer.concat([makeGoData({}).subarray(0, 32), Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f])])],
  ['pointers of no size', withByte(makeGoData({ format: 'pointers' }), 14, 3)],
  ['a pointer to nowhere', withByte(makeGoData({ format: 'pointers' }), 18, 0x55)],
  ['a module without version', makeGoData({ modules: ['mod\tpath'] })],
  ['a replacement of nothing', makeGoData({ modules: ['=>\tpath\tv1'] })],
  ['a setting without value', makeGoData({ modules: ['build\tkey'] })],
])('%s is refused with a code', (_, data) => {
  expect(() => read(makeElf(data))).toThrowCode('CODEC_GO_INVALID');
});

test('a file that is no Go program costs a few small reads, however large it is', () => {
  const small = makeElf(Buffer.alloc(1 << 16));
  let reads = 0;
  let bytes = 0;
  const large: ByteSource = {
    size: 500 * 2 ** 20,
    read(offset, length) {
      reads++;
      bytes += length;
      return Buffer.concat([small.subarray(offset, offset + length), Buffer.alloc(length)]).subarray(0, length);
    },
  };
  expect(readGoBuildInfo(large)).toBeUndefined();
  expect(reads).toBeLessThan(12);
  expect(bytes).toBeLessThan(100_000);
});

test('no damage escapes as anything but a coded error or a file that is no Go program', () => {
  const variables = { 'main.version': '1' };
  const programs = [
    makeGoElf({ modules, variables }),
    makeGoElf({ modules, format: 'pointers', bits: 32 }),
    makeGoMachO({ modules }),
    makeGoPe({ modules }),
  ];
  for (const bytes of programs.flatMap((whole) => [...damagedCopies(whole)])) {
    toleratingCoded(() => read(bytes)?.variables(() => true));
  }
});

function cut(bytes: Buffer, end: number): Buffer {
  return bytes.subarray(0, end);
}

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  bytes[at] = value;
  return bytes;
}
