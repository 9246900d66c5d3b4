import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordLog, silentProgress, temporaryDirectory } from '../../testkit/context.ts';
import { digestOf } from '../../testkit/image.ts';
import { buildTar, type TarEntrySpec } from '../../testkit/tar.ts';
import type { CatalogerDescriptor, CoverageNote, Digest, TreeInventory } from '../core/index.ts';
import { inventoryDirectory } from './directory.ts';
import { inventoryLayers } from './engine.ts';
import { inventoryError } from './errors.ts';

/** Records nothing of what it is given. */
const cataloger: CatalogerDescriptor = {
  id: 'test',
  version: 1,
  title: 'Test',
  trees: ['installed', 'project'],
  files: [{ suffix: '.db' }],
  onFailure: 'incomplete',
  load: async () => () => [],
};

const options = { catalogers: [cataloger], skipFiles: [], skipDirs: [], maxFileSize: 100, parallel: 2 };
const context = { log: recordLog(), progress: silentProgress };

async function readLayer(entries: readonly TarEntrySpec[]): Promise<TreeInventory> {
  const tar = buildTar(entries);
  const open = async function* (): AsyncGenerator<Buffer> {
    yield tar;
  };
  const [layer] = await inventoryLayers([{ digest: digestOf(tar) as Digest, open }], options, context);
  return layer?.tree as TreeInventory;
}

const noteOf = (...details: Parameters<typeof inventoryError>): Partial<CoverageNote> => ({
  effect: 'incomplete',
  message: inventoryError(...details).message,
});

test.each<[string, TarEntrySpec, Partial<CoverageNote>]>([
  [
    'a file that is too large',
    { path: 'a.db', content: 'x'.repeat(101) },
    noteOf('INVENTORY_FILE_TOO_LARGE', { data: { path: 'a.db', size: 101, limit: 100 } }),
  ],
  [
    'a name that leads out of the root',
    { path: '../a.db', content: 'x' },
    noteOf('INVENTORY_PATH_ESCAPES', { data: { path: '../a.db' } }),
  ],
  [
    'a link that leads out of the root',
    { path: 'a.db', type: 'hardlink', linkPath: '../../etc/shadow' },
    noteOf('INVENTORY_PATH_ESCAPES', { data: { path: '../../etc/shadow' } }),
  ],
  [
    'a link to what is not there',
    { path: 'a.db', type: 'hardlink', linkPath: 'b' },
    noteOf('INVENTORY_LINK_UNRESOLVED', { data: { path: 'a.db', target: 'b' } }),
  ],
])('%s keeps a layer from being complete, and the rest is read', async (_, entry, note) => {
  const tree = await readLayer([entry, { path: 'last.db', content: 'x' }]);
  expect(tree.notes).toEqual([expect.objectContaining(note)]);
  expect(tree.files['test']).toBeGreaterThan(0);
});

test('a file that is too large keeps a directory from being complete', async () => {
  const root = temporaryDirectory();
  writeFileSync(join(root, 'a.db'), 'x'.repeat(101));
  writeFileSync(join(root, 'b.db'), 'x');
  const tree = await inventoryDirectory(root, options, context);
  const data = { path: 'a.db', size: 101, limit: 100 };
  expect(tree.notes).toEqual([expect.objectContaining(noteOf('INVENTORY_FILE_TOO_LARGE', { data }))]);
  expect(tree.files).toEqual({ test: 1 });
});
