import type { Catalog, InventoryRecord, Package } from '../src/core/index.ts';
import { memorySource } from '../src/kit/memory-source.ts';

/** What a cataloger that answers at once records of one file. */
export function catalogBytes(catalog: Catalog, path: string, content: string | Uint8Array): readonly InventoryRecord[] {
  const source = memorySource(Buffer.from(content));
  return catalog({ path, size: source.size, mode: 0o644, content: source }) as readonly InventoryRecord[];
}

/** The packages of all `packages` records. */
export function packagesIn(records: readonly InventoryRecord[]): Package[] {
  return records.flatMap((record) => (record.kind === 'packages' ? record.packages : []));
}
