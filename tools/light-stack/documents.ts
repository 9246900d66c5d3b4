import { X509Certificate } from 'node:crypto';
import type { TestCertificateLog } from '../../testkit/sigstore/certificate-log.ts';
import type { TestLog } from '../../testkit/sigstore/log.ts';
import { trustedRootJson } from '../../testkit/sigstore/trusted-root.ts';

/** Certificates in DER, each issued by the next. */
export type Chain = readonly { readonly der: Buffer }[];

/** The first chain in PEM, as text or within JSON. */
export function chainOf(text: string): Chain {
  const plain = text.replaceAll('\\n', '\n');
  const blocks = plain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => ({ der: new X509Certificate(pem).raw }));
}

/** Whom to trust: what these services sign. */
export function trustedRootText(
  log: TestLog,
  certificateLog: TestCertificateLog,
  [authority, timestamps]: readonly [Chain, Chain],
): string {
  return trustedRootJson({
    logs: [log],
    authorities: [{ chain: authority }],
    certificateLogs: [certificateLog],
    timestampAuthorities: [{ chain: timestamps }],
  });
}

/** Where to sign. */
export function signingConfigText(urls: Readonly<Record<'fulcio' | 'log' | 'timestamps' | 'issuer', string>>): string {
  const service = (url: string, majorApiVersion: number) => [
    { url, majorApiVersion, validFor: { start: '2020-01-01T00:00:00Z' }, operator: 'light stack' },
  ];
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: service(urls.fulcio, 1),
    oidcUrls: service(urls.issuer, 1),
    rekorTlogUrls: service(urls.log, 2),
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: service(`${urls.timestamps}/api/v1/timestamp`, 1),
    tsaConfig: { selector: 'ANY' },
  });
}
