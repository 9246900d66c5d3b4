import type { Catalog, CatalogerDescriptor, CoverageNote, InventoryRecord, Package } from '../src/core/index.ts';
import { memorySource } from '../src/kit/memory-source.ts';

/** Gives one file to a cataloger, as the inventory engine does. */
export async function catalogBytes(
  catalog: Catalog,
  path: string,
  content: string | Uint8Array,
): Promise<readonly InventoryRecord[]> {
  const bytes = Buffer.from(content);
  return catalog({ path, size: bytes.length, mode: 0o644, content: memorySource(bytes) });
}

/** What a cataloger records that answers at once, so that its errors are thrown and not rejected. */
export function catalogNow(catalog: Catalog, path: string, content: string | Uint8Array): readonly InventoryRecord[] {
  const bytes = Buffer.from(content);
  const file = { path, size: bytes.length, mode: 0o644, content: memorySource(bytes) };
  return catalog(file) as readonly InventoryRecord[];
}

export async function packagesFrom(catalog: Catalog, path: string, content: string | Uint8Array): Promise<Package[]> {
  return packagesIn(await catalogBytes(catalog, path, content));
}

/** The packages of all `packages` records. */
export function packagesIn(records: readonly InventoryRecord[]): Package[] {
  return records.flatMap((record) => (record.kind === 'packages' ? record.packages : []));
}

/** The notes that a cataloger recorded. */
export function notesOf(records: readonly InventoryRecord[]): CoverageNote[] {
  return records.flatMap((record) => (record.kind === 'coverage' ? [record.note] : []));
}

/** Whether a cataloger would be given a file of this path and mode. */
export function asksFor(descriptor: CatalogerDescriptor, path: string, mode = 0o644): boolean {
  const named = descriptor.files.some((matcher) => {
    if ('path' in matcher) return path === matcher.path;
    if ('basename' in matcher) return path.slice(path.lastIndexOf('/') + 1) === matcher.basename;
    if ('directory' in matcher) return path.startsWith(`${matcher.directory}/`) && path.endsWith(matcher.suffix ?? '');
    if ('suffix' in matcher) return (matcher.ignoreCase ? path.toLowerCase() : path).endsWith(matcher.suffix);
    return (mode & 0o111) !== 0;
  });
  return named && (descriptor.accepts?.({ path, size: 1, mode }) ?? true);
}
