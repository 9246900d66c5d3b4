export type {
  NotVerified,
  Reason,
  Verified,
  VerifiedSigner,
  VerifiedTime,
  VerifyAnswer,
} from './answer.ts';
export { toError } from './answer.ts';
export { type Artifact, artifactOf, artifactOfDigest } from './artifact.ts';
export {
  allowChainOption,
  bundleOption,
  identityOption,
  identityPatternOption,
  ignoreCertificateLogOption,
  ignoreLogOption,
  issuerOption,
  issuerPatternOption,
  keyOption,
  nameOption,
  proofOptions,
  refOption,
  repositoryOption,
  shaOption,
  signedTimestampsOption,
  signerOptions,
  triggerOption,
  trustedRootOption,
} from './options.ts';
export type { IdentityPolicy, SignerPolicy, TextMatch, VerifyPolicy } from './policy.ts';
export { verifyBundle } from './verify-bundle.ts';
export { verifyLegacy } from './verify-legacy.ts';
