import { X509Certificate } from 'node:crypto';
import type { LegacyLayer } from '../../envelope/index.ts';

const prefix = 'dev.sigstore.cosign/';

/** A signature of cosign's older layout as `cosign download signature` writes it; of certificates only what is in them. */
export function toSignatureDocument({ annotations, blob }: LegacyLayer): object {
  const chain = certificates(annotations[`${prefix}chain`]);
  return {
    Base64Signature: annotations['dev.cosignproject.cosign/signature'] ?? '',
    Payload: blob.toString('base64'),
    Cert: certificates(annotations[`${prefix}certificate`])[0] ?? null,
    Chain: chain.length === 0 ? null : chain,
    Bundle: parseJson(annotations[`${prefix}bundle`]),
    RFC3161Timestamp: parseJson(annotations[`${prefix}rfc3161timestamp`]),
  };
}

/** An envelope of cosign's older layout as `cosign download attestation` writes it, in its order of keys. */
export function toEnvelopeDocument(document: unknown): unknown {
  const { payloadType, payload, signatures } = (document ?? {}) as Record<string, unknown>;
  if (!Array.isArray(signatures)) return document;
  const list = signatures.map((one: { keyid?: unknown; sig?: unknown } | null) => ({
    keyid: one?.keyid ?? '',
    sig: one?.sig ?? '',
  }));
  return { payloadType, payload, signatures: list };
}

function certificates(pem = ''): { readonly Raw: string }[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    try {
      return [{ Raw: new X509Certificate(block).raw.toString('base64') }];
    } catch {
      return [];
    }
  });
}

function parseJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
