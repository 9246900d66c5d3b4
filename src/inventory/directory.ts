import { basename, dirname } from 'node:path';
import { type CoverageNote, describeError, type TreeInventory } from '../core/index.ts';
import { openSource, statPath, type WalkedFile, walkFiles } from '../disk/index.ts';
import { Recorder } from './catalog.ts';
import { inventoryError } from './errors.ts';
import { magicLength, takesMagic } from './magic.ts';
import type { InventoryContext, InventoryOptions } from './options.ts';
import { makeSelector } from './select.ts';
import { makeSkip } from './skip.ts';

/** Directories of the running system that hold no files of their own. */
const kernelDirectories: readonly string[] = ['proc', 'sys', 'dev'];

/** Reads a directory tree, or a single file, as it lies on the disk. @throws DISK_NOT_FOUND, DISK_UNREADABLE */
export async function inventoryDirectory(
  path: string,
  options: InventoryOptions,
  context: InventoryContext,
): Promise<TreeInventory> {
  const selector = makeSelector(options.catalogers);
  const recorder = new Recorder(new Map());
  const skip = await makeSkip({ ...options, skipDirs: [...options.skipDirs, '**/.git', ...kernelDirectories] });
  const single = (await statPath(path))?.kind === 'file' ? basename(path) : undefined;
  const task = context.progress.start('files');
  const files = walkFiles(single === undefined ? path : dirname(path), {
    skipDirectory: (directory) => single !== undefined || skip(directory),
    wants: (file) => (single === undefined || file === single) && !skip(file) && selector.wants(file),
    onUnreadable: (file, error) => recorder.note(unreadableNote(file, error)),
  });
  try {
    for await (const file of files) {
      context.signal?.throwIfAborted();
      catalogFile(file, selector.select(file), recorder, options.maxFileSize);
      if (recorder.busy) await recorder.settle();
      task.advance(1);
    }
  } finally {
    task.finish();
  }
  return {
    records: recorder.records,
    whiteouts: [],
    opaqueDirectories: [],
    overwritten: [],
    replaced: [],
    files: recorder.files,
    notes: recorder.notes,
  };
}

function catalogFile(
  file: WalkedFile,
  catalogers: InventoryOptions['catalogers'],
  recorder: Recorder,
  limit: number,
): void {
  if (catalogers.length === 0) return;
  if (file.size > limit) {
    const { message } = inventoryError('INVENTORY_FILE_TOO_LARGE', {
      data: { path: file.path, size: file.size, limit },
    });
    return recorder.note({ effect: 'incomplete', code: 'limit-reached', message, path: file.path });
  }
  for (const cataloger of catalogers) {
    try {
      const content = openSource(file.absolutePath);
      if (!takesMagic(cataloger, Buffer.from(content.read(0, Math.min(magicLength, content.size))))) {
        content.close();
        continue;
      }
      recorder.catalog(cataloger, { path: file.path, size: content.size, mode: file.mode, content }, content.close);
    } catch (error) {
      recorder.note(unreadableNote(file.path, error));
    }
  }
}

function unreadableNote(path: string, error: unknown): CoverageNote {
  return { effect: 'incomplete', code: 'file-unreadable', message: describeError(error), path };
}
