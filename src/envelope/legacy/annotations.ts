import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import type { LegacyEvidence } from './evidence.ts';
import { legacyContent } from './evidence.ts';
import { readLegacyLogEntry } from './log-entry.ts';
import { certificatesOfPem } from './pem.ts';

/** One layer of a manifest under a `.sig` or `.att` tag, with the bytes of its blob. */
export interface LegacyLayer {
  readonly mediaType: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly blob: Buffer;
}

/** Where a layer keeps what proves it. */
export const annotationNames = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  chain: 'dev.sigstore.cosign/chain',
  bundle: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

const maxJsonSize = 16 * 2 ** 20;

/** Reads a layer of cosign's older layout. @throws ENVELOPE_*, KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function readLegacyLayer({ mediaType, annotations, blob }: LegacyLayer): LegacyEvidence {
  const fields = new ProtoFields(annotations);
  const signature = fields.bytes(annotationNames.signature) ?? Buffer.alloc(0);
  const pem = [annotationNames.certificate, annotationNames.chain].map((name) => fields.text(name) ?? '').join('\n');
  const bundle = jsonOf(fields, annotationNames.bundle);
  const timestamp = jsonOf(fields, annotationNames.timestamp)?.bytes('SignedRFC3161Timestamp');
  const certificates = certificatesOfPem(pem);
  return {
    content: legacyContent(mediaType, blob, signature),
    ...(certificates !== undefined && { certificates }),
    ...(bundle !== undefined && { logEntry: readLegacyLogEntry(bundle) }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function jsonOf(fields: ProtoFields, name: string): ProtoFields | undefined {
  const text = fields.text(name) ?? '';
  return text === '' ? undefined : new ProtoFields(parseBoundedJson(text, maxJsonSize), name);
}
