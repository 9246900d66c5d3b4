import { expect, test } from 'vitest';
import type { CatalogerDescriptor, CatalogFile, CoverageNote } from '../core/index.ts';
import { Budget } from '../kit/budget.ts';
import { Recorder } from './catalog.ts';
import { FileCollector } from './collector.ts';
import { makeSelector } from './select.ts';

interface Given {
  readonly cataloger: string;
  readonly text: string;
}

function descriptor(id: string, given: Given[], parts: Partial<CatalogerDescriptor>): CatalogerDescriptor {
  const catalog = ({ content }: CatalogFile): readonly [] => {
    given.push({ cataloger: id, text: Buffer.from(content.read(0, content.size)).toString() });
    return [];
  };
  return { id, version: 1, title: id, trees: [], files: [], onFailure: 'note', load: async () => catalog, ...parts };
}

/** Gives a file in chunks to two catalogers: one for executables that begin with "MZ" or "#!ab", one by name. */
async function collect(name: string, chunks: readonly string[], maxFileSize = 100) {
  const given: Given[] = [];
  const magic = ['4d5a', Buffer.from('#!ab').toString('hex')];
  const recorder = new Recorder(new Map());
  const selector = makeSelector([
    descriptor('gated', given, { files: [{ executable: true }], magic, onFailure: 'incomplete' }),
    descriptor('named', given, { files: [{ basename: 'named' }] }),
  ]);
  const memory = new Budget(1000);
  const collector = new FileCollector(selector, recorder, { memory, maxFileSize });
  const size = chunks.join('').length;
  const sink = collector.collect({ path: `bin/${name}`, size, mode: 0o755 });
  for (const chunk of chunks) sink?.write(Buffer.from(chunk));
  sink?.end();
  await recorder.settle();
  return { given, empty: [...recorder.empty], notes: recorder.notes, isFree: memory.tryTake(1000) };
}

test.each<[string, readonly string[], boolean]>([
  ['begins as asked', ['MZ and more'], true],
  ['begins as asked, in small pieces', ['M', 'Z an', 'd more'], true],
  ['begins with the longer mark', ['#!a', 'b'], true],
  ['ends within the mark', ['#!a'], false],
  ['is as short as the mark', ['MZ'], true],
  ['begins otherwise', ['#!/bin/sh', ' and more'], false],
  ['is empty', [], false],
])('an executable that %s is handed over whole or not at all', async (_, chunks, expected) => {
  const { given, empty, isFree } = await collect('tool', chunks);
  expect(given).toEqual(expected ? [{ cataloger: 'gated', text: chunks.join('') }] : []);
  // What was there before under this name is replaced either way.
  expect(empty).toEqual(['bin/tool']);
  expect(isFree).toBe(true);
});

test('a cataloger that asks by name gets the file whatever it begins with', async () => {
  expect((await collect('named', ['#!/bin/sh'])).given.map(({ cataloger }) => cataloger)).toEqual(['named']);
  expect((await collect('named', ['MZ'])).given.map(({ cataloger }) => cataloger)).toEqual(['named', 'gated']);
});

test('only a file that would be read can be too large', async () => {
  expect((await collect('tool', ['#!/bin/sh'], 5)).notes).toEqual([]);
  const { given, notes } = await collect('tool', ['MZ and ', 'more'], 5);
  expect(given).toEqual([]);
  expect(notes).toMatchObject([{ effect: 'incomplete', code: 'limit-reached', path: 'bin/tool' }]);
});

test('a note that a cataloger records is one of the tree, at the path that it names', async () => {
  const recorder = new Recorder(new Map());
  const notes: readonly CoverageNote[] = [
    { effect: 'note', code: 'file-unreadable', message: 'a' },
    { effect: 'incomplete', code: 'limit-reached', message: 'b', path: 'x.jar/y.jar' },
  ];
  const load = async () => () => notes.map((note) => ({ kind: 'coverage', note }) as const);
  const content = { size: 0, read: () => Buffer.alloc(0) };
  recorder.catalog(descriptor('d', [], { load }), { path: 'x.jar', size: 0, mode: 0, content }, () => undefined);
  await recorder.settle();
  expect(recorder.records).toEqual([]);
  expect(recorder.notes.map(({ path }) => path)).toEqual(['x.jar', 'x.jar/y.jar']);
  expect([...recorder.empty]).toEqual(['x.jar']);
});
