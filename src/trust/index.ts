export { hashOf, schemeOf } from './certificate/algorithms.ts';
export { type Certificate, parseCertificate, parseCertificatesPem } from './certificate/certificate.ts';
export { findChains } from './certificate/chain.ts';
export { type ClaimName, type Claims, claimsOf } from './certificate/claims.ts';
export { type SubjectName, subjectNames } from './certificate/names.ts';
export { oids } from './certificate/oids.ts';
export {
  keyDetails,
  keyHint,
  keyId,
  noteKeyId,
  type PublicKey,
  parsePublicKey,
  publicKeyPem,
} from './keys/public-key.ts';
export {
  hashOfKind,
  type SignatureScheme,
  usualScheme,
  verifyMessage,
  verifySignature,
} from './keys/signature.ts';
export type { SigningKey, SigningVariant } from './keys/signing-key.ts';
export type { ListedKey, ListedToken } from './kms/pkcs11/list.ts';
export type { KmsAccess } from './kms/scheme.ts';
export {
  loadAmbient,
  loadKms,
  loadLogin,
  loadPrivateKeys,
  loadSigningClients,
  loadStores,
  loadTokens,
  loadTrustFile,
  loadTrustFiles,
  loadTuf,
} from './load.ts';
export {
  authorityOption,
  baseConfigOption,
  certificateLogOption,
  defaultServicesOption,
  fulcioServiceOption,
  initializeOptions,
  logOption,
  mirrorOption,
  noCtfeOption,
  noFulcioOption,
  noOidcOption,
  noRekorOption,
  noTsaOption,
  oidcServiceOption,
  outOption,
  rekorSelectionOption,
  rekorServiceOption,
  rootChecksumOption,
  rootOption,
  signingConfigCreateOptions,
  stagingOption,
  timestampOption,
  trustedRootCreateOptions,
  tsaSelectionOption,
  tsaServiceOption,
} from './options.ts';
export type { SigningConfigParts } from './root/create-signing-config.ts';
export type { TrustedRootParts } from './root/create-trusted-root.ts';
export { withGivenMaterial } from './root/given-material.ts';
export { publicGoodRoot } from './root/public-good.ts';
export {
  parseSigningConfig,
  type Selection,
  type SigningConfig,
  type SigningService,
  selectServices,
} from './root/signing-config.ts';
export { parseTrustedRoot, type TrustedAuthority, type TrustedLog, type TrustedRoot } from './root/trusted-root.ts';
export type { StoredKey } from './stores/store.ts';
export type { Initialized } from './tuf/initialize.ts';
export { isWithin, type Validity } from './validity.ts';
