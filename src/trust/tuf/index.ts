export { openCachedTrust } from './cached.ts';
export { assertChecksum } from './checksum.ts';
export { initializeTuf } from './initialize.ts';
export { publicTufRoot, tufRootError } from './public-root.ts';
