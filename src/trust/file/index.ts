export { scopedKeys, scopedRoot } from './material.ts';
export { isInScope, parseTrustFile } from './trust-file.ts';
