export type {
  NotVerified,
  Reason,
  Verified,
  VerifiedSigner,
  VerifiedTime,
  VerifyAnswer,
} from './answer.ts';
export { type Artifact, artifactOf, artifactOfDigest } from './artifact.ts';
export type { IdentityPolicy, SignerPolicy, TextMatch, VerifyPolicy } from './policy.ts';
export { verifyBundle } from './verify-bundle.ts';
