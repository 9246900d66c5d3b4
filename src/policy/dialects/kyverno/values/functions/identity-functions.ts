import { X509Certificate } from 'node:crypto';
import { type FunctionTable, text } from './function.ts';

/** Functions of certificates and addresses, by Kyverno's names. */
export const identityFunctions: FunctionTable = {
  x509_decode: (args) => decode(text(args, 0)),
  is_external_url: (args) => isExternal(text(args, 0)),
  random: () => {
    throw new RangeError('a decision is left to no chance');
  },
};

/** Numbers of Go (crypto/x509, PublicKeyAlgorithm). */
const algorithms: Readonly<Record<string, number>> = { rsa: 1, dsa: 2, ec: 3, ed25519: 4 };

/** The fields of a certificate that conditions look at, by the names that Go gives them. */
function decode(pem: string): object {
  const certificate = parse(pem);
  const { subject, issuer, serialNumber, subjectAltName = '', publicKey } = certificate;
  const { n, e, crv, x, y } = publicKey.export({ format: 'jwk' });
  const names = subjectAltName.split(', ').map((name) => name.split(':'));
  const ofKind = (kind: string): string[] =>
    names.flatMap(([word, ...rest]) => (word === kind ? [rest.join(':')] : []));
  const big = (part: string | undefined): string =>
    BigInt(`0x0${Buffer.from(part ?? '', 'base64url').toString('hex')}`).toString();
  return {
    Subject: distinguished(subject),
    Issuer: distinguished(issuer),
    SerialNumber: BigInt(`0x${serialNumber}`).toString(),
    NotBefore: certificate.validFromDate.toISOString().replace('.000Z', 'Z'),
    NotAfter: certificate.validToDate.toISOString().replace('.000Z', 'Z'),
    IsCA: certificate.ca,
    DNSNames: ofKind('DNS'),
    EmailAddresses: ofKind('email'),
    PublicKeyAlgorithm: algorithms[publicKey.asymmetricKeyType ?? ''] ?? 0,
    PublicKey: crv === undefined ? { N: big(n), E: Number(big(e)) } : { Curve: crv, X: big(x), Y: big(y) },
  };
}

function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new TypeError('argument 1 is no certificate in PEM');
  }
}

/** `CN=a\nO=b`, as Node writes a name; it has none for an empty one. */
function distinguished(name: string | undefined): object {
  const pairs = (name ?? '').split('\n').map((line) => line.split('='));
  const all = (word: string): string[] => pairs.flatMap(([key, ...rest]) => (key === word ? [rest.join('=')] : []));
  return { CommonName: all('CN')[0] ?? '', Organization: all('O'), OrganizationalUnit: all('OU'), Country: all('C') };
}

/** Private, loopback, link-local and unspecified addresses, as `URL` writes them. */
const inner = [
  /^(0|10|127)\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^169\.254\./,
  /^\[f[cd]/,
  /^\[fe[89ab]/,
  // The first addresses of all, and those of IPv4 within them.
  /^\[::/,
];

/** Whether an address is outside of private networks; a name would have to be looked up, and nobody asks for that. */
function isExternal(url: string): boolean {
  if (!URL.canParse(url)) throw new TypeError('argument 1 is no address');
  const { hostname } = new URL(url);
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(hostname) || hostname.startsWith('[');
  if (!isAddress) throw new RangeError(`the name ${hostname} is not looked up`);
  return !inner.some((pattern) => pattern.test(hostname));
}
