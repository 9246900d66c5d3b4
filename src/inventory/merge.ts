import type { FiledRecord, LayerRef, TreeInventory } from '../core/index.ts';
import { ancestors } from './path.ts';

/** One tree of a target: a layer with its reference, or a directory without. */
export interface TreeInput {
  readonly ref?: LayerRef;
  readonly tree: TreeInventory;
}

/** A record that is still visible when all layers are stacked, with the index of its layer. */
export interface VisibleRecord extends FiledRecord {
  readonly layer: number;
}

/** Stacks layers from the base up and returns what remains visible, sorted by path (image-spec layer.md, "Applying Changesets"). */
export function mergeTrees(inputs: readonly TreeInput[]): VisibleRecord[] {
  const visible = new Map<string, VisibleRecord[]>();
  inputs.forEach(({ tree }, layer) => {
    hide(visible, tree);
    for (const path of tree.overwritten) visible.delete(path);
    const own = Map.groupBy(tree.records, (filed) => filed.path);
    for (const [path, records] of own)
      visible.set(
        path,
        records.map((filed) => ({ ...filed, layer })),
      );
  });
  return [...visible.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, records]) => records);
}

/** Removes what a layer deletes or replaces by something that is no directory. */
function hide(visible: Map<string, VisibleRecord[]>, tree: TreeInventory): void {
  const gone = new Set([...tree.whiteouts, ...tree.replaced]);
  const opaque = new Set(tree.opaqueDirectories);
  if (gone.size === 0 && opaque.size === 0) return;
  for (const path of visible.keys()) {
    if (gone.has(path) || opaque.has('') || isBelow(path, gone, opaque)) visible.delete(path);
  }
}

function isBelow(path: string, gone: ReadonlySet<string>, opaque: ReadonlySet<string>): boolean {
  for (const directory of ancestors(path)) {
    if (gone.has(directory) || opaque.has(directory)) return true;
  }
  return false;
}
