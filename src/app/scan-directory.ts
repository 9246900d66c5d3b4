import type { TreeKind } from '../core/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { composeInventory, inventoryDirectory } from '../inventory/index.ts';
import type { Report } from '../reports/index.ts';
import { assessTarget, catalogersFor } from './assess-target.ts';
import type { AppContext } from './context.ts';
import { planScan, type ScanOptions } from './scan-options.ts';

export interface ScanDirectoryInput extends ScanOptions {
  /** A directory or one file. */
  readonly path: string;
  /** `project` looks for what sources declare, `installed` for what an image or root file system holds. */
  readonly tree: TreeKind;
}

/** Scans a directory as it lies on the disk. @throws DISK_*, ADVISORIES_* */
export async function scanDirectory(input: ScanDirectoryInput, context: AppContext): Promise<Report> {
  const plan = await planScan(input);
  const tree = await inventoryDirectory(input.path, { ...plan, catalogers: catalogersFor(input.tree) }, context);
  return assessTarget(
    {
      inventory: composeInventory([{ tree }], ecosystems.all),
      artifact: { name: input.path, type: 'filesystem' },
    },
    plan,
    context,
  );
}
