export { copyParts } from './copy/copy.ts';
export { type CopyOutcome, isWhole, type PartOutcome } from './copy/outcome.ts';
export type { EvidenceKind } from './copy/part.ts';
export { registryTarget } from './copy/registry-target.ts';
export type { EvidenceTarget } from './copy/target.ts';
export { discoverEvidence, type EvidencePiece } from './discover.ts';
export { openStoredEvidence } from './layout/source.ts';
export { layoutTarget } from './layout/target.ts';
export {
  copyOptions,
  dryRunOption,
  evidenceFormatOption,
  evidencePlatformOption,
  forceOption,
  onlyOption,
} from './options.ts';
export { type EvidencePlace, parsePlace } from './place.ts';
export { readVariant, requireManifest } from './platform.ts';
export { registrySource } from './registry-source.ts';
export type { EvidenceSource, StoredManifest } from './source.ts';
