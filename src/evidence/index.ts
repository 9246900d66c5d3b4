export { discoverEvidence, type EvidencePiece } from './discover.ts';
export { openStoredEvidence } from './layout-source.ts';
export { registrySource } from './registry-source.ts';
