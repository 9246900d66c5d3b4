import {
  authorityExtensions,
  issueCertificate,
  namesExtension,
  toPem,
  usageExtension,
} from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';

const day = 86_400_000;

/** A new authority, and a certificate of it for addresses of this machine; PEM. */
export function issueServing(addresses: readonly string[]): {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
} {
  const span = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) };
  const extensions = authorityExtensions(0);
  const issuer = issueCertificate({ key: makeKey(), commonName: 'next authority', extensions, ...span });
  const key = makeKey();
  const names = addresses.map((value) => ({ kind: 'ip', value }) as const);
  const leaf = issueCertificate({
    key,
    issuer,
    extensions: [usageExtension('serverAuth'), namesExtension(names)],
    ...span,
  });
  const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authority: toPem(issuer.der), certificate: toPem(leaf.der), key: pem };
}
