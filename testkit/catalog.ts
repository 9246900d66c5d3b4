import type { Catalog, InventoryRecord } from '../src/core/index.ts';
import { memorySource } from '../src/kit/memory-source.ts';

/** What a cataloger records of a file with this text. */
export async function catalogText(catalog: Catalog, path: string, text: string): Promise<readonly InventoryRecord[]> {
  const bytes = new TextEncoder().encode(text);
  return catalog({ path, size: bytes.length, mode: 0o644, content: memorySource(bytes) });
}
