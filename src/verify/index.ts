export type {
  NotVerified,
  Reason,
  Verified,
  VerifiedSigner,
  VerifiedTime,
  VerifyAnswer,
} from './answer.ts';
export { answerOf, toError } from './answer.ts';
export { type Artifact, artifactOf, artifactOfDigest } from './artifact.ts';
export { type Condition, parseCondition, unfulfilled } from './condition.ts';
export {
  checkClaimsOption,
  cosignOptions,
  deprecatedOptions,
  privateInfrastructureOption,
} from './cosign-options.ts';
export { firstAccepted } from './first-accepted.ts';
export {
  allowChainOption,
  annotationsOption,
  blobEvidenceOptions,
  bundleOption,
  certificateOption,
  evidenceRepositoryOption,
  identityOption,
  identityPatternOption,
  ignoreCertificateLogOption,
  ignoreLogOption,
  imageEvidenceOptions,
  issuerOption,
  issuerPatternOption,
  keyOption,
  localImageOption,
  nameOption,
  policyOption,
  proofOptions,
  refOption,
  repositoryOption,
  shaOption,
  signatureOption,
  signedTimestampsOption,
  signerOptions,
  signersOption,
  strictOption,
  timestampOption,
  triggerOption,
  trustedRootOption,
  trustFileOption,
} from './options.ts';
export type { IdentityPolicy, SignerPolicy, TextMatch, VerifyPolicy } from './policy.ts';
export { countSigners, failedPlatform, mainReason } from './signers.ts';
export { verifyBundle } from './verify-bundle.ts';
export { verifyLegacy } from './verify-legacy.ts';
