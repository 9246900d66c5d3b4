import { dsseToJson } from '../dsse.ts';
import type { BundleContent, SigstoreBundle, VerificationMaterial } from './bundle.ts';
import { logEntryToJson } from './log-entry.ts';
import { bundleMediaTypeOf } from './media-type.ts';

/** The bundle as JSON in one line, fields in the order of sigstore_bundle.proto. */
export function formatBundle(bundle: SigstoreBundle): string {
  return JSON.stringify({
    mediaType: bundleMediaTypeOf(bundle.version),
    verificationMaterial: {
      ...materialToJson(bundle.material),
      ...(bundle.logEntries.length > 0 && { tlogEntries: bundle.logEntries.map(logEntryToJson) }),
      ...(bundle.timestamps.length > 0 && {
        timestampVerificationData: {
          rfc3161Timestamps: bundle.timestamps.map((token) => ({ signedTimestamp: token.toString('base64') })),
        },
      }),
    },
    ...contentToJson(bundle.content),
  });
}

function materialToJson(material: VerificationMaterial): Record<string, unknown> {
  const toJson = (certificate: Buffer) => ({ rawBytes: certificate.toString('base64') });
  switch (material.kind) {
    case 'public-key':
      return { publicKey: { hint: material.hint } };
    case 'certificate':
      return { certificate: toJson(material.certificate) };
    case 'chain':
      return { x509CertificateChain: { certificates: material.certificates.map(toJson) } };
  }
}

function contentToJson(content: BundleContent): Record<string, unknown> {
  if (content.kind === 'dsse') return { dsseEnvelope: dsseToJson(content.envelope) };
  const { signature, digest } = content;
  return {
    messageSignature: {
      ...(digest !== undefined && {
        messageDigest: { algorithm: `SHA2_${digest.algorithm.slice(3)}`, digest: digest.value.toString('base64') },
      }),
      signature: signature.toString('base64'),
    },
  };
}
