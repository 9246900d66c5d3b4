export { attachBundle } from './attach-bundle.ts';
export { attachLegacy } from './attach-legacy.ts';
export { attachSbomReferrer, attachSbomTag } from './attach-sbom.ts';
export { type CleanKind, type CleanOutcome, cleanEvidence } from './clean.ts';
export { copyParts } from './copy/copy.ts';
export { type CopyOutcome, isWhole, type PartOutcome } from './copy/outcome.ts';
export type { EvidenceKind } from './copy/part.ts';
export { registryTarget } from './copy/registry-target.ts';
export type { EvidenceTarget } from './copy/target.ts';
export { discoverEvidence, type EvidencePiece } from './discover.ts';
export { type BuildStatement, type FoundSbom, readBuildStatements, readSboms } from './download.ts';
export { openStoredEvidence } from './layout/source.ts';
export { layoutTarget } from './layout/target.ts';
export {
  cleanOptions,
  cleanTypeOption,
  contentTypeOption,
  copyOptions,
  directoryOption,
  dryRunOption,
  evidenceFormatOption,
  evidencePlatformOption,
  forceOption,
  onlyOption,
  predicateTypeOption,
  referrersModeOption,
  referrersOption,
  triangulateTypeOption,
  unaskedOption,
  uploadAnnotationsOption,
  uploadFilesOption,
  uploadOptions,
} from './options.ts';
export { type EvidencePlace, parsePlace } from './place.ts';
export { readVariant, requireManifest } from './platform.ts';
export { type ListedImage, listImages } from './platforms.ts';
export { registrySource } from './registry-source.ts';
export { type EvidenceSource, type LegacySuffix, legacyTag, type StoredManifest, signatureType } from './source.ts';
export { type EvidenceNode, readEvidenceTree } from './tree.ts';
export { uploadFiles } from './upload.ts';
