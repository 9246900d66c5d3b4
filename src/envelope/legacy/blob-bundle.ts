import { decodeBase64, ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { parseDsseEnvelope } from '../dsse.ts';
import type { LegacyContent, LegacyEvidence } from './evidence.ts';
import { readLegacyLogEntry } from './log-entry.ts';
import { certificatesOfPem } from './pem.ts';

const maxSize = 128 * 2 ** 20;

/** True for the JSON of a bundle as `cosign sign-blob --bundle` wrote it before version 3. */
export function isLegacyBundle(json: Uint8Array): boolean {
  const document = parseBoundedJson(json, maxSize);
  return typeof document === 'object' && document !== null && Object.hasOwn(document, 'base64Signature');
}

/**
 * Reads such a bundle: the signature of an artifact, with a certificate and Rekor's answer where there are any.
 * @throws KIT_JSON_INVALID, KIT_TEXT_TOO_LONG, ENVELOPE_BUNDLE_INVALID
 */
export function parseLegacyBundle(json: Uint8Array, artifact: Buffer): LegacyEvidence {
  const fields = new ProtoFields(parseBoundedJson(json, maxSize));
  const signature = fields.require('base64Signature', fields.bytes('base64Signature'));
  const certificates = certificatesOfPem(toPem(fields.text('cert') ?? ''));
  const entry = fields.fields('rekorBundle');
  return {
    content: { kind: 'payload', payload: artifact, signature },
    ...(certificates !== undefined && { certificates }),
    ...(entry !== undefined && { logEntry: readLegacyLogEntry(entry) }),
  };
}

/** What cosign kept of a file's signature before version 3: an older bundle, or files of their own. */
export interface DetachedParts {
  readonly bundle?: Uint8Array;
  /** As it is, or in base64; counts before that of the bundle. */
  readonly signature?: Uint8Array;
  /** PEM, or that in base64; counts before that of the bundle. */
  readonly certificate?: Uint8Array;
  /** JSON with the answer of a timestamp authority. */
  readonly timestamp?: Uint8Array;
}

/** What they prove: the signature of an artifact, or without one an envelope. @throws KIT_JSON_INVALID, KIT_TEXT_TOO_LONG, ENVELOPE_* */
export function parseDetached(parts: DetachedParts, artifact: Buffer | undefined): LegacyEvidence {
  const { bundle, signature, certificate, timestamp } = parts;
  const kept = bundle === undefined ? undefined : parseLegacyBundle(bundle, artifact ?? Buffer.alloc(0));
  const own = signature === undefined ? Buffer.alloc(0) : signatureOf(signature);
  const content = kept !== undefined && signature === undefined ? kept.content : payloadOf(own, artifact);
  const certificates = certificate === undefined ? kept?.certificates : certificatesOfPem(toPem(textOf(certificate)));
  const stamp = timestamp === undefined ? undefined : new ProtoFields(parseBoundedJson(timestamp, maxSize));
  const signed = stamp?.bytes('SignedRFC3161Timestamp');
  return {
    content: artifact === undefined && content.kind === 'payload' ? envelopeOf(content.signature) : content,
    ...(certificates !== undefined && { certificates }),
    ...(kept?.logEntry !== undefined && { logEntry: kept.logEntry }),
    ...(signed !== undefined && { timestamp: signed }),
  };
}

function payloadOf(signature: Buffer, artifact: Buffer = Buffer.alloc(0)): LegacyContent {
  return { kind: 'payload', payload: artifact, signature };
}

/** Of an envelope, the whole of it is the signature. */
function envelopeOf(signature: Buffer): LegacyContent {
  return { kind: 'dsse', envelope: parseDsseEnvelope(signature) };
}

function signatureOf(bytes: Uint8Array): Buffer {
  return decodeBase64(textOf(bytes).trim()) ?? Buffer.from(bytes);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Some have the PEM in base64 once more. */
function toPem(text: string): string {
  return text.includes('-----BEGIN') ? text : (decodeBase64(text)?.toString('latin1') ?? '');
}
