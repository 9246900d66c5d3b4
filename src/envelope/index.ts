export { assembleBundle, upgradeBundle } from './bundle/assemble.ts';
export {
  type BundleContent,
  type HashName,
  hashNames,
  type InclusionProof,
  type LogEntry,
  type MessageDigest,
  type SigstoreBundle,
  type VerificationMaterial,
} from './bundle/bundle.ts';
export { formatBundle } from './bundle/format.ts';
export { readLogEntry } from './bundle/log-entry.ts';
export { parseBundle } from './bundle/parse.ts';
export { type DsseEnvelope, dsseToJson, inTotoPayloadType, parseDsseEnvelope, preAuthEncoding } from './dsse.ts';
export { type LegacyLayer, readLegacyLayer } from './legacy/annotations.ts';
export { isSigstoreBundle, makeLegacySignature, toEnvelopeLayer } from './legacy/attach.ts';
export { type DetachedParts, isLegacyBundle, parseDetached, parseLegacyBundle } from './legacy/blob-bundle.ts';
export { type LegacyEvidence, legacyMediaTypes } from './legacy/evidence.ts';
export { toLegacyBlobBundle, toLegacyLayer } from './legacy/format.ts';
export { legacyLogEntryToJson } from './legacy/log-entry.ts';
export { toCertificatePem } from './legacy/pem.ts';
export {
  formatSimpleSigning,
  parseSimpleSigning,
  type SimpleSigning,
  simpleSigningType,
} from './legacy/simple-signing.ts';
export { predicateTypeOf, predicateWords } from './predicates.ts';
export { formatStatement, parseStatement, type Statement, type Subject, statementOf } from './statement.ts';
