import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildEntry, buildTar, paxHeader, type SparseSpec, sign, type TarEntrySpec } from '../../../testkit/tar.ts';
import { isAppError } from '../../core/index.ts';
import { defaultTarLimits, type TarEntry, type TarLimits, TarWalker } from './index.ts';

interface Walked extends TarEntry {
  readonly content: string;
}

/** Walks an archive pushed in pieces and keeps everything. */
function walk(archive: Buffer, piece = archive.length, limits: TarLimits = defaultTarLimits): Walked[] {
  const walked: Walked[] = [];
  const walker = new TarWalker((entry) => {
    const parts: Buffer[] = [];
    if (entry.type !== 'file') walked.push({ ...entry, content: '' });
    return {
      write: (chunk) => void parts.push(Buffer.from(chunk)),
      end: () => void walked.push({ ...entry, content: Buffer.concat(parts).toString('latin1') }),
    };
  }, limits);
  for (let at = 0; at < archive.length; at += piece) walker.push(archive.subarray(at, at + piece));
  walker.finish();
  return walked;
}

const long = `${'directory-of-a-long-name/'.repeat(5)}file`;
const veryLong = `${'d'.repeat(150)}/${'e'.repeat(150)}`;

test.each<[string, TarEntrySpec, Partial<Walked>]>([
  ['a plain file', { path: 'a', content: 'x' }, { path: 'a', type: 'file', size: 1, content: 'x', mode: 0o644 }],
  ['mode bits', { path: 'a', mode: 0o104755 }, { mode: 0o4755 }],
  ['an empty file', { path: 'a' }, { type: 'file', size: 0, content: '' }],
  ['a whole block', { path: 'a', content: 'y'.repeat(512) }, { size: 512, content: 'y'.repeat(512) }],
  ['a directory', { path: 'd/', type: 'directory' }, { type: 'directory', path: 'd/' }],
  ['a V7 directory', { path: 'd/', type: 'v7' }, { type: 'directory' }],
  ['a regular file with a slash behind its name', { path: 'd/', content: 'z' }, { type: 'file', content: 'z' }],
  ['a contiguous file', { path: 'c', type: 'contiguous', content: 'q' }, { type: 'file', content: 'q' }],
  ['a symbolic link', { path: 'l', type: 'symlink', linkPath: '../t' }, { type: 'symlink', linkPath: '../t' }],
  ['a hard link', { path: 'l', type: 'hardlink', linkPath: 't' }, { type: 'hardlink', linkPath: 't' }],
  ['a hard link that states a size', { path: 'l', type: 'hardlink', linkPath: 't' }, { type: 'hardlink', size: 0 }],
  ['a device', { path: 'dev', type: 'character' }, { type: 'special' }],
  ['a ustar prefix', { path: long, content: 'p' }, { path: long, content: 'p' }],
  ['a pax name', { path: veryLong, format: 'pax', content: 'p' }, { path: veryLong, content: 'p' }],
  ['a GNU long name', { path: veryLong, format: 'gnu', content: 'g' }, { path: veryLong, content: 'g' }],
  ['a pax link', { path: 'l', type: 'symlink', linkPath: veryLong, format: 'pax' }, { linkPath: veryLong }],
  ['a GNU long link', { path: 'l', type: 'symlink', linkPath: veryLong, format: 'gnu' }, { linkPath: veryLong }],
  ['a base-256 size', { path: 'b', content: 'bin', binarySize: true }, { size: 3, content: 'bin' }],
  [
    'an empty pax value',
    {
      path: 'kept',
      pax: [
        ['path', 'other'],
        ['path', ''],
      ],
    },
    { path: 'kept' },
  ],
  [
    'the last of several pax values',
    {
      path: 'a',
      pax: [
        ['path', 'b'],
        ['path', 'c'],
      ],
    },
    { path: 'c' },
  ],
  [
    'a sparse name on a file that is not sparse',
    { path: 'true', pax: [['GNU.sparse.name', 'false']] },
    { path: 'true' },
  ],
  ['a name that is not ASCII', { path: 'é/ü', content: '' }, { path: 'é/ü' }],
])('reads %s', (_, entry, expected) => {
  const [first, ...others] = walk(buildTar([entry, { path: 'after', content: 'end' }]));
  expect(first).toMatchObject(expected);
  expect(others).toMatchObject([{ path: 'after', content: 'end' }]);
});

const layouts = ['gnu', 'pax-0.0', 'pax-0.1', 'pax-1.0'] as const;

test.each(layouts)('expands a sparse file in layout %s', (layout) => {
  const chunks = [
    { offset: 0, length: 3 },
    { offset: 1000, length: 2 },
    { offset: 2000, length: 0 },
  ];
  const archive = buildTar([
    { path: 's', content: 'abcde', sparse: { layout, size: 2000, chunks } },
    { path: 'after' },
  ]);
  const expected = `abc${'\0'.repeat(997)}de${'\0'.repeat(998)}`;
  expect(walk(archive)).toMatchObject([{ path: 's', size: 2000, content: expected }, { path: 'after' }]);
});

test('follows extension blocks of the old GNU sparse header', () => {
  const chunks = Array.from({ length: 50 }, (_, index) => ({ offset: index * 10, length: 1 }));
  const archive = buildTar([{ path: 's', content: 'x'.repeat(50), sparse: { layout: 'gnu', size: 500, chunks } }]);
  expect(walk(archive)[0]?.content).toBe(`x${'\0'.repeat(9)}`.repeat(50));
});

test('a global pax header renames nothing, as in the reader of container runtimes', () => {
  const archive = Buffer.concat([paxHeader([['path', 'hidden']], 'g'), buildTar([{ path: 'shown' }])]);
  expect(walk(archive)).toMatchObject([{ path: 'shown' }]);
});

test('what follows the end of the archive is passed over', () => {
  const archive = Buffer.concat([buildTar([{ path: 'a' }]), Buffer.from('junk')]);
  expect(walk(archive)).toHaveLength(1);
});

test('an empty archive has no entries', () => {
  expect(walk(buildTar([]))).toEqual([]);
  expect(walk(Buffer.alloc(0))).toEqual([]);
});

test('a reader that can seek passes over content without pushing it', () => {
  const archive = buildTar([{ path: 'a', content: 'x'.repeat(2000) }, { path: 'b' }]);
  const paths: string[] = [];
  const walker = new TarWalker((entry) => void paths.push(entry.path));
  for (let at = 0; at < archive.length && !walker.ended; at += 512) {
    walker.push(archive.subarray(at, at + 512));
    at += walker.skippable;
    walker.skip();
  }
  walker.finish();
  expect(paths).toEqual(['a', 'b']);
});

function corrupt(archive: Buffer, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(archive);
  change(bytes);
  return bytes;
}

function sparse(spec: Partial<SparseSpec>): Buffer {
  const chunks = [{ offset: 0, length: 1 }];
  return buildTar([{ path: 's', content: 'x', sparse: { layout: 'pax-0.1', size: 10, chunks, ...spec } }]);
}

const file = buildTar([{ path: 'a', content: 'abc' }]);

/** A changed header with a checksum that is right again. */
function signed(change: (bytes: Buffer) => void): Buffer {
  return corrupt(file, (bytes) => {
    change(bytes);
    sign(bytes);
  });
}

test.each<[string, Buffer]>([
  ['a wrong checksum', corrupt(file, (bytes) => bytes.write('X', 0))],
  ['text instead of a header', Buffer.from('no archive at all '.repeat(40))],
  ['a size that is no number', signed((bytes) => void bytes.write('zz', 124))],
  ['digits after the end of a number', signed((bytes) => void bytes.write('1 2', 124))],
  ['a negative base-256 size', signed((bytes) => void bytes.fill(0xff, 124, 136))],
  ['a base-256 size beyond 2^53', signed((bytes) => void bytes.fill(0xff, 125, 136).fill(0x80, 124, 125))],
  ['entries behind one block of zeros', Buffer.concat([Buffer.alloc(512), file])],
  [
    'a pax record without a length',
    Buffer.concat([buildEntry({ path: 'x', pax: [['path', 'y']] }).fill('z', 512, 514), file]),
  ],
  [
    'a pax record that ends too late',
    Buffer.concat([buildEntry({ path: 'x', pax: [['path', 'y']] }).fill('99', 512, 514), file]),
  ],
  ['a pax size that is no number', buildTar([{ path: 'a', pax: [['size', '1e3']] }])],
  ['a negative pax size', buildTar([{ path: 'a', pax: [['size', '-1']] }])],
  [
    'a sparse map out of order',
    sparse({
      chunks: [
        { offset: 5, length: 1 },
        { offset: 0, length: 1 },
      ],
    }),
  ],
  ['a sparse map beyond its file', sparse({ chunks: [{ offset: 50, length: 1 }] })],
  ['a sparse map with more data than there is', sparse({ size: 5000, chunks: [{ offset: 0, length: 4000 }] })],
  [
    'a sparse map of odd length',
    buildTar([
      {
        path: 's',
        pax: [
          ['GNU.sparse.map', '1'],
          ['GNU.sparse.size', '9'],
        ],
      },
    ]),
  ],
  ['a sparse file without a size', buildTar([{ path: 's', pax: [['GNU.sparse.map', '0,1']], content: 'x' }])],
  [
    'a sparse map that does not end',
    buildTar([
      {
        path: 's',
        content: '9\n1\n',
        pax: [
          ['GNU.sparse.major', '1'],
          ['GNU.sparse.minor', '0'],
          ['GNU.sparse.realsize', '9'],
        ],
      },
    ]),
  ],
  [
    'a sparse map without data',
    buildTar([
      {
        path: 's',
        pax: [
          ['GNU.sparse.major', '1'],
          ['GNU.sparse.minor', '0'],
          ['GNU.sparse.realsize', '9'],
        ],
      },
    ]),
  ],
  [
    'a sparse map with a monstrous count',
    buildTar([
      {
        path: 's',
        content: `99999999\n${'1\n'.repeat(300)}`,
        pax: [
          ['GNU.sparse.major', '1'],
          ['GNU.sparse.minor', '0'],
          ['GNU.sparse.realsize', '9'],
        ],
      },
    ]),
  ],
])('refuses %s', (_, archive) => {
  expect(() => walk(archive)).toThrowCode('CODEC_TAR_INVALID');
});

test('refuses what is over a limit', () => {
  const limits = { maxEntries: 1, maxMetadata: 600 };
  expect(() => walk(buildTar([{ path: 'a' }, { path: 'b' }]), 512, limits)).toThrowCode('CODEC_LIMIT');
  const name = { path: 'n'.repeat(1000), format: 'pax' } as const;
  expect(() => walk(buildTar([name]), 512, limits)).toThrowCode('CODEC_LIMIT');
  const chunks = Array.from({ length: 100 }, (_, index) => ({ offset: index, length: 1 }));
  const archive = buildTar([{ path: 's', content: 'x'.repeat(100), sparse: { layout: 'gnu', size: 500, chunks } }]);
  expect(() => walk(archive, 512, limits)).toThrowCode('CODEC_LIMIT');
});

const everything = buildTar([
  { path: 'plain', content: 'x'.repeat(700) },
  { path: veryLong, format: 'pax', content: 'p' },
  { path: veryLong, format: 'gnu', type: 'symlink', linkPath: veryLong },
  { path: 'empty' },
  ...layouts.map((layout) => ({
    path: `sparse-${layout}`,
    content: 'abcde',
    sparse: {
      layout,
      size: 900,
      chunks: [
        { offset: 1, length: 3 },
        { offset: 600, length: 2 },
      ],
    },
  })),
  { path: 'last', content: 'end' },
]);

test('pieces of any size give the same entries', () => {
  const whole = walk(everything);
  for (const piece of [1, 2, 3, 7, 100, 511, 512, 513, 1000, 1023, 1024, 4096]) {
    expect(walk(everything, piece)).toEqual(whole);
  }
});

test('an archive cut off at any byte is an error, or ends between two entries', () => {
  const whole = walk(everything).map(({ path }) => path);
  for (let length = 1; length < everything.length - 1024; length++) {
    try {
      const found = walk(everything.subarray(0, length), 777).map(({ path }) => path);
      expect(length % 512).toBe(0);
      expect(whole.slice(0, found.length)).toEqual(found);
    } catch (error) {
      if (!isAppError(error, 'CODEC_TRUNCATED')) throw error;
    }
  }
});

test('flipped bits give coded errors or other entries, never anything else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: everything.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const bytes = corrupt(everything, (copy) => copy.writeUInt8((copy[at] as number) ^ (1 << bit), at));
      try {
        walk(bytes, 1000);
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

const entrySpec: fc.Arbitrary<TarEntrySpec> = fc.record({
  path: fc.stringMatching(/^[a-z]{1,40}(\/[a-z]{1,120}){0,3}$/),
  content: fc.string({ maxLength: 2000 }),
  format: fc.constantFrom('pax' as const, 'gnu' as const),
  binarySize: fc.boolean(),
});

test('what is built is what is walked', () => {
  fc.assert(
    fc.property(fc.array(entrySpec, { maxLength: 8 }), fc.integer({ min: 1, max: 2000 }), (entries, piece) => {
      const found = walk(buildTar(entries), piece).map(({ path, content }) => [
        path,
        Buffer.from(content, 'latin1').toString(),
      ]);
      expect(found).toEqual(entries.map(({ path, content }) => [path, content]));
    }),
    { numRuns: 200 },
  );
});
