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
export { bundleMediaType } from './bundle/media-type.ts';
export { type BundleRules, parseBundle } from './bundle/parse.ts';
export {
  type DsseEnvelope,
  inTotoPayloadType,
  parseDsseEnvelope,
  preAuthEncoding,
} from './dsse.ts';
export { imageSignatureType, predicateTypeOf } from './predicates.ts';
export { type Statement, type Subject, statementOf } from './statement.ts';
