import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { annotationNames, type LegacyLayer } from './annotations.ts';
import { legacyMediaTypes } from './evidence.ts';
import { legacyLogEntryToJson, readLegacyLogEntry } from './log-entry.ts';

const maxSize = 128 * 2 ** 20;

/** True for the JSON of a Sigstore bundle of any version. */
export function isSigstoreBundle(json: Uint8Array): boolean {
  try {
    const document = parseBoundedJson(json, maxSize);
    return typeof document === 'object' && document !== null && Object.hasOwn(document, 'verificationMaterial');
  } catch {
    // Payloads need not be JSON.
    return false;
  }
}

/** An envelope as a layer of the older layout, byte for byte. */
export function toEnvelopeLayer(envelope: Buffer, predicateType: string): LegacyLayer {
  const annotations = { predicateType, [annotationNames.signature]: '' };
  return { mediaType: legacyMediaTypes.attestation, blob: envelope, annotations };
}

/** A signature that was made elsewhere, with what proves it. */
export interface ForeignSignature {
  readonly payload: Buffer;
  /** In base64. */
  readonly signature: string;
  /** PEM. */
  readonly certificate?: string;
  readonly chain?: string;
  /** The answer of a timestamp authority, in DER. */
  readonly timestamp?: Uint8Array;
  /** A bundle of before version 3, whose answer of Rekor is taken. */
  readonly rekorResponse?: Uint8Array;
}

/** A signature that was made elsewhere as a layer of the older layout. @throws KIT_JSON_INVALID */
export function makeLegacySignature(signed: ForeignSignature): LegacyLayer {
  const { payload, signature, certificate, chain = '', timestamp, rekorResponse } = signed;
  const entry = rekorResponse === undefined ? undefined : readRekorBundle(rekorResponse);
  const stamp = timestamp === undefined ? undefined : Buffer.from(timestamp).toString('base64');
  return {
    mediaType: legacyMediaTypes.signature,
    blob: payload,
    annotations: {
      ...(certificate !== undefined && {
        [annotationNames.certificate]: certificate,
        [annotationNames.chain]: chain,
      }),
      ...(entry !== undefined && { [annotationNames.bundle]: entry }),
      ...(stamp !== undefined && { [annotationNames.timestamp]: JSON.stringify({ SignedRFC3161Timestamp: stamp }) }),
      [annotationNames.signature]: signature,
    },
  };
}

function readRekorBundle(json: Uint8Array): string {
  const fields = new ProtoFields(parseBoundedJson(json, maxSize));
  const entry = fields.require('rekorBundle', fields.fields('rekorBundle'));
  return JSON.stringify(legacyLogEntryToJson(readLegacyLogEntry(entry)));
}
