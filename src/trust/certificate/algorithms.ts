import { childrenOf, type DerNode, toInteger, toOid } from '../../codecs/asn1/index.ts';
import type { SignatureScheme } from '../keys/signature.ts';

type DirectScheme = Exclude<SignatureScheme, { readonly name: 'ed25519ph' }>;

const schemes: Readonly<Record<string, DirectScheme>> = {
  '1.2.840.10045.4.3.2': { name: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa', hash: 'sha512' },
  '1.2.840.113549.1.1.11': { name: 'rsa-pkcs1', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { name: 'rsa-pkcs1', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { name: 'rsa-pkcs1', hash: 'sha512' },
  '1.3.101.112': { name: 'ed25519' },
};

const pss = '1.2.840.113549.1.1.10';
const hashes: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The hash that an AlgorithmIdentifier names; SHA-1 and older are not accepted. */
export function hashOf(algorithm: DerNode): 'sha256' | 'sha384' | 'sha512' | undefined {
  const [oid] = childrenOf(algorithm);
  return oid === undefined ? undefined : hashes[toOid(oid)];
}

/** The scheme that an AlgorithmIdentifier names (RFC 5280 section 4.1.1.2); undefined for those not accepted. */
export function schemeOf(algorithm: DerNode): DirectScheme | undefined {
  const [oid, parameters] = childrenOf(algorithm);
  if (oid === undefined) return undefined;
  const id = toOid(oid);
  return id === pss ? pssScheme(parameters) : schemes[id];
}

/** RSASSA-PSS whose mask and salt are as long as its hash (RFC 4055 section 3.1). */
function pssScheme(parameters: DerNode | undefined): DirectScheme | undefined {
  const given = new Map(
    parameters === undefined ? [] : childrenOf(parameters).map((node) => [node.tag, childrenOf(node)[0]]),
  );
  const [hashNode, maskNode, saltNode] = [given.get(0xa0), given.get(0xa1), given.get(0xa2)];
  if (hashNode === undefined || maskNode === undefined || saltNode === undefined) return undefined;
  const hash = hashOf(hashNode);
  const maskHash = childrenOf(maskNode)[1];
  if (hash === undefined || maskHash === undefined || hashOf(maskHash) !== hash) return undefined;
  return toInteger(saltNode) === BigInt(Number(hash.slice(3)) / 8) ? { name: 'rsa-pss', hash } : undefined;
}
