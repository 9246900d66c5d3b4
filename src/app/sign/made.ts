import {
  dsseToJson,
  formatBundle,
  type SigstoreBundle,
  toCertificatePem,
  toLegacyBlobBundle,
  type VerificationMaterial,
} from '../../envelope/index.ts';
import { type PublicKey, publicKeyPem } from '../../trust/index.ts';
import type { MadeSignature } from './input.ts';

/** A signature in all the forms that it may be asked for. */
export function toMade(bundle: SigstoreBundle, payload: Uint8Array, key: PublicKey | undefined): MadeSignature {
  const { content, material, timestamps } = bundle;
  const certificate = certificateOf(material);
  const signature = content.kind === 'message' ? content.signature : content.envelope.signatures[0]?.signature;
  const pem = key === undefined ? '' : publicKeyPem(key);
  const [timestamp] = timestamps;
  return {
    bundle: formatBundle(bundle),
    legacyBundle: toLegacyBlobBundle(bundle),
    signature: signature ?? Buffer.alloc(0),
    payload: Buffer.from(payload),
    envelope: content.kind === 'dsse' ? JSON.stringify(dsseToJson(content.envelope)) : '',
    verifier: certificate === undefined ? pem : toCertificatePem(certificate),
    hasCertificate: certificate !== undefined,
    ...(timestamp !== undefined && { timestamp }),
  };
}

function certificateOf(material: VerificationMaterial): Buffer | undefined {
  if (material.kind === 'certificate') return material.certificate;
  return material.kind === 'chain' ? material.certificates[0] : undefined;
}
