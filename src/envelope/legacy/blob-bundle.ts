import { decodeBase64, ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import type { LegacyEvidence } from './evidence.ts';
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

/** Some have the PEM in base64 once more. */
function toPem(text: string): string {
  return text.includes('-----BEGIN') ? text : (decodeBase64(text)?.toString('latin1') ?? '');
}
