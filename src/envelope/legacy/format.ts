import type { LogEntry, SigstoreBundle, VerificationMaterial } from '../bundle/bundle.ts';
import { dsseToJson } from '../dsse.ts';
import { annotationNames, type LegacyLayer } from './annotations.ts';
import { legacyMediaTypes } from './evidence.ts';
import { legacyLogEntryToJson } from './log-entry.ts';
import { toCertificatePem } from './pem.ts';

/** What a layer of the older layout holds beside a bundle's content. */
export interface LegacyParts {
  /** What a message signature is over; an envelope brings its own. */
  readonly payload?: Buffer;
  /** Further annotations of the layer. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A signature with its proof as a layer of cosign's older layout; only the first log entry and timestamp have a place there. */
export function toLegacyLayer(bundle: SigstoreBundle, { payload, annotations = {} }: LegacyParts = {}): LegacyLayer {
  const { content } = bundle;
  const proof = { ...annotations, ...proofAnnotations(bundle) };
  if (content.kind === 'dsse') {
    const blob = Buffer.from(JSON.stringify(dsseToJson(content.envelope)));
    return {
      mediaType: legacyMediaTypes.attestation,
      blob,
      annotations: { ...proof, [annotationNames.signature]: '' },
    };
  }
  return {
    mediaType: legacyMediaTypes.signature,
    blob: payload ?? Buffer.alloc(0),
    annotations: { ...proof, [annotationNames.signature]: content.signature.toString('base64') },
  };
}

function proofAnnotations({ material, logEntries, timestamps }: SigstoreBundle): Record<string, string> {
  const [certificate, ...chain] = certificatesOf(material);
  const [entry] = logEntries;
  const [timestamp] = timestamps;
  return {
    ...(certificate !== undefined && {
      [annotationNames.certificate]: toCertificatePem(certificate),
      [annotationNames.chain]: chain.map((one) => toCertificatePem(one)).join(''),
    }),
    ...(entry !== undefined && { [annotationNames.bundle]: JSON.stringify(legacyLogEntryToJson(entry)) }),
    ...(timestamp !== undefined && {
      [annotationNames.timestamp]: JSON.stringify({ SignedRFC3161Timestamp: timestamp.toString('base64') }),
    }),
  };
}

function certificatesOf(material: VerificationMaterial): readonly Buffer[] {
  if (material.kind === 'public-key') return [];
  return material.kind === 'certificate' ? [material.certificate] : material.certificates;
}

/** What `--bundle` held before version 3: signature, certificate and Rekor's answer; of an envelope, the whole of it is the signature. */
export function toLegacyBlobBundle({ content, material, logEntries }: SigstoreBundle): string {
  const [certificate] = certificatesOf(material);
  const [entry]: readonly LogEntry[] = logEntries;
  const signature =
    content.kind === 'message' ? content.signature : Buffer.from(JSON.stringify(dsseToJson(content.envelope)));
  return JSON.stringify({
    base64Signature: signature.toString('base64'),
    ...(certificate !== undefined && { cert: Buffer.from(toCertificatePem(certificate)).toString('base64') }),
    ...(entry !== undefined && { rekorBundle: legacyLogEntryToJson(entry) }),
  });
}
