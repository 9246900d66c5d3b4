export { hashOf, schemeOf } from './certificate/algorithms.ts';
export { type Certificate, parseCertificate, parseCertificatesPem } from './certificate/certificate.ts';
export { findChains } from './certificate/chain.ts';
export { type ClaimName, type Claims, claimsOf } from './certificate/claims.ts';
export { type SubjectName, subjectNames } from './certificate/names.ts';
export { oids } from './certificate/oids.ts';
export { keyHint, keyId, type PublicKey, parsePublicKey, sameKey } from './keys/public-key.ts';
export {
  type SignatureScheme,
  type SignedData,
  usualScheme,
  verifyMessage,
  verifySignature,
} from './keys/signature.ts';
export { parseTrustedRoot, type TrustedAuthority, type TrustedLog, type TrustedRoot } from './root/trusted-root.ts';
export { isWithin, type Validity } from './validity.ts';
