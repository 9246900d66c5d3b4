import { readWhole } from '../../disk/index.ts';
import { assertChain, signError } from '../../sign/index.ts';
import { type Certificate, type PublicKey, parseCertificate, parseCertificatesPem } from '../../trust/index.ts';

const maxSize = 2 ** 20;

/**
 * The certificate of a key, and those of its authorities but the root, in DER. @throws DISK_*, TRUST_CERTIFICATE_INVALID,
 * SIGN_CERTIFICATE_KEY, SIGN_CHAIN_INVALID
 */
export async function readCertificates(
  key: PublicKey,
  paths: { readonly certificate: string; readonly chain: string | undefined },
  now: Date,
): Promise<[Buffer, ...Buffer[]]> {
  const leaf = toCertificate(await readWhole(paths.certificate, maxSize));
  if (!leaf.spki.equals(key.spki)) throw signError('SIGN_CERTIFICATE_KEY');
  if (paths.chain === undefined) return [leaf.der];
  const chain = parseCertificatesPem((await readWhole(paths.chain, maxSize)).toString('latin1'));
  assertChain(leaf, chain, now);
  const behind = chain.filter((one) => !one.der.equals(leaf.der) && !one.subject.equals(one.issuer));
  return [leaf.der, ...behind.map(({ der }) => der)];
}

/** PEM, or DER. */
function toCertificate(bytes: Buffer): Certificate {
  const [first] =
    bytes.subarray(0, 5).toString('latin1') === '-----' ? parseCertificatesPem(bytes.toString('latin1')) : [];
  return first ?? parseCertificate(bytes);
}
