export type { ImageTarget } from '../targets/index.ts';
export type { DataOptions } from './advisory-data.ts';
export { type AppContext, type ContextOptions, makeContext } from './context.ts';
export { type DatabaseStatus, databaseStatus } from './database-status.ts';
export type { DatabaseId } from './databases.ts';
export { type DiagnoseInput, diagnoseReference } from './diagnose-reference.ts';
export { type PinInput, pinReferences } from './pin-references.ts';
export type { RegistryAccess, RegistryLogin } from './registry-access.ts';
export { type RenderedReport, type Rendering, renderReport } from './render-report.ts';
export {
  diffSboms,
  type MergeSbomsInput,
  mergeSboms,
  type SbomTarget,
  scoreSbom,
  validateSbom,
} from './sboms.ts';
export { type ScanDirectoryInput, scanDirectory } from './scan-directory.ts';
export { type ScanImageInput, scanImage } from './scan-image.ts';
export { scanImageText } from './scan-image-text.ts';
export type { IgnoreFileChoice, ScanOptions } from './scan-options.ts';
export { type ScanSbomInput, scanSbom } from './scan-sbom.ts';
export { type DatabaseUpdate, type UpdateDatabasesInput, updateDatabases } from './update-databases.ts';
export { type VerifyBlobInput, verifyBlob } from './verify-blob.ts';
export {
  type ImageEvidence,
  type ImageEvidencePlace,
  type ImageVerification,
  type VerifyImageInput,
  verifyImage,
} from './verify-image.ts';
export type { ProofInput, SignerInput } from './verify-policy.ts';
