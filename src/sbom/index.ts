export { composeBom } from './compose/compose.ts';
export type { BomSubject } from './compose/contents.ts';
export { toInventory } from './inventory/to-inventory.ts';
export type { Bom, DecodedBom } from './model.ts';
export { maxSbomSize, readBom } from './read.ts';
export { loadSbomWriter } from './write.ts';
