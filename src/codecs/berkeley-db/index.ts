export { readBerkeleyHash } from './hash.ts';
export { isBerkeleyHash } from './meta.ts';
