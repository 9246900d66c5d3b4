import type { TestCertificate } from './certificate.ts';
import type { TestKey, TestKeyKind } from './keys.ts';

interface Window {
  readonly start?: string;
  readonly end?: string;
}

export interface TrustedRootParts {
  readonly logs?: readonly {
    readonly key: TestKey;
    readonly id: Buffer;
    readonly url: string;
    readonly validFor?: Window;
  }[];
  /** Chains from the authority that issues to its root. */
  readonly authorities?: readonly {
    readonly chain: readonly Pick<TestCertificate, 'der'>[];
    readonly validFor?: Window;
  }[];
  readonly certificateLogs?: readonly { readonly key: TestKey; readonly id: Buffer; readonly validFor?: Window }[];
  readonly timestampAuthorities?: readonly {
    readonly chain: readonly Pick<TestCertificate, 'der'>[];
    readonly validFor?: Window;
    readonly url?: string;
  }[];
}

const always: Window = { start: '2020-01-01T00:00:00Z' };
const keyDetails: Record<TestKeyKind, string> = {
  'ecdsa-p256': 'PKIX_ECDSA_P256_SHA_256',
  'ecdsa-p384': 'PKIX_ECDSA_P384_SHA_384',
  'ecdsa-p521': 'PKIX_ECDSA_P521_SHA_512',
  rsa: 'PKIX_RSA_PKCS1V15_2048_SHA256',
  ed25519: 'PKIX_ED25519',
};

/** A trusted_root.json as text. */
export function trustedRootJson(parts: TrustedRootParts): string {
  const log = (url: string, key: TestKey, id: Buffer, validFor: Window = always): object => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: key.spki.toString('base64'), keyDetails: keyDetails[key.kind], validFor },
    logId: { keyId: id.toString('base64') },
  });
  const authority = (
    uri: string,
    chain: readonly Pick<TestCertificate, 'der'>[],
    validFor: Window = always,
  ): object => ({
    subject: { organization: 'test', commonName: 'test' },
    uri,
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: der.toString('base64') })) },
    validFor,
  });
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: (parts.logs ?? []).map(({ url, key, id, validFor }) => log(url, key, id, validFor)),
    certificateAuthorities: (parts.authorities ?? []).map(({ chain, validFor }) =>
      authority('https://fulcio.example.com', chain, validFor),
    ),
    ctlogs: (parts.certificateLogs ?? []).map(({ key, id, validFor }) =>
      log('https://ctfe.example.com', key, id, validFor),
    ),
    timestampAuthorities: (parts.timestampAuthorities ?? []).map(
      ({ chain, validFor, url = 'https://tsa.example.com' }) => authority(url, chain, validFor),
    ),
  });
}
