export {
  type AppContext,
  type ContextOptions,
  type ImageVerification,
  makeContext,
  type RegistryAccess,
  type RegistryLogin,
  type SignerInput,
  type VerifyBlobInput,
  type VerifyImageInput,
  verifyBlob,
  verifyImage,
} from './app/index.ts';
export type { NotVerified, Reason, Verified, VerifiedSigner, VerifiedTime, VerifyAnswer } from './verify/index.ts';
