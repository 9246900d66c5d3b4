export type { ImageTarget } from '../targets/index.ts';
export type { ServeAdmissionInput } from './admission/input.ts';
export type { InstallAdmissionInput } from './admission/install-input.ts';
export type { DataOptions } from './advisory-data.ts';
export { attachAttestation, attachSbom, attachSignature } from './attach.ts';
export type { BundleFact } from './bundle/inspect.ts';
export { createBundle, inspectBundle, upgradeBundle } from './bundles.ts';
export { type AppContext, type ContextOptions, makeContext } from './context.ts';
export { convertReport, type ReadReportInput, readReport, type SavedReportTarget } from './convert-report.ts';
export { type DatabaseStatus, databaseStatus } from './database-status.ts';
export type { DatabaseId } from './databases.ts';
export { type DiagnoseInput, diagnoseReference } from './diagnose-reference.ts';
export type { LayerInput, StoredEdit } from './edit/input.ts';
export {
  appendLayers,
  appendToIndex,
  filterIndex,
  flattenImage,
  listIndex,
  mutateImage,
  rebaseImage,
} from './edit-images.ts';
export type { Downloaded, EvidenceTree } from './evidence/input.ts';
export {
  cleanImage,
  copyImage,
  downloadEvidence,
  downloadSboms,
  evidenceTree,
  loadImage,
  saveImage,
  triangulate,
} from './evidence.ts';
export type { ValidateInput } from './images/input.ts';
export {
  archiveDigest,
  copyContent,
  copyRepository,
  deleteImage,
  exportImage,
  imageConfig,
  imageDigest,
  imageManifest,
  imageProblems,
  listRepositories,
  listTags,
  pullImages,
  pushImage,
  readBlob,
  tagImage,
} from './images.ts';
export type { InspectedImage } from './inspect/document.ts';
export { viewOfImage } from './inspect/view.ts';
export { inspectImages } from './inspect-images.ts';
export { admissionObjects, installAdmission } from './install-admission.ts';
export type { KeyPairOutcome, KeySource, KeyTextSource, KmsSurroundings } from './keys/input.ts';
export {
  generateKeyPair,
  generateKmsKey,
  generateStoredPair,
  importKeyPair,
  listTokenKeys,
  listTokens,
  readPublicKey,
} from './keys.ts';
export { fetchRegistryToken, findLogin, forgetLogin, storeLogin } from './logins.ts';
export { type PinInput, pinReferences } from './pin-references.ts';
export type { ApplyPoliciesInput, PolicyTestReport } from './policy/input.ts';
export { applyPolicies, convertPolicyFile, lintPolicies, testPolicies } from './policy.ts';
export type { RegistryAccess, RegistryLogin } from './registry-access.ts';
export { type RenderedReport, type Rendering, renderReport } from './render-report.ts';
export type { ImageCover, RotationPlace } from './rotate/input.ts';
export { keyCover } from './rotate.ts';
export { diffSboms, type MergeSbomsInput, mergeSboms, type SbomTarget, scoreSbom, validateSbom } from './sboms.ts';
export { type ScanDirectoryInput, scanDirectory } from './scan-directory.ts';
export { type ScanImageInput, scanImage } from './scan-image.ts';
export { scanImageText } from './scan-image-text.ts';
export type { IgnoreFileChoice, ScanOptions } from './scan-options.ts';
export { type ScanSbomInput, scanSbom } from './scan-sbom.ts';
export { serveAdmission } from './serve-admission.ts';
export { type ServedRegistry, type ServeRegistryInput, serveRegistry } from './serve-registry.ts';
export type {
  BlobClaim,
  LoginInput,
  MadeSignature,
  ServicesInput,
  SignedImage,
  SignerChoice,
  SigningInput,
  TokenInput,
} from './sign/input.ts';
export { attestBlob, attestImage, signBlob, signBundle, signImage } from './sign.ts';
export { createSigningConfig, createTrustedRoot, initializeTrust } from './trust.ts';
export { type DatabaseUpdate, type UpdateDatabasesInput, updateDatabases } from './update-databases.ts';
export type { UploadedFile } from './upload/input.ts';
export { uploadBlobs } from './upload.ts';
export type {
  ImageEvidence,
  ImageEvidencePlace,
  ImageVerification,
  NamedImagesInput,
  ProofInput,
  SignerInput,
  VerifyBlobInput,
  VerifyImageInput,
} from './verify/input.ts';
export { namedImages, verifyBlob, verifyImage } from './verify.ts';
