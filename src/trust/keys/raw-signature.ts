import { derTags, encodeDer } from '../../codecs/asn1/index.ts';

/** A signature of ECDSA in DER, of both numbers one after the other, as long as the curve is wide (PKCS #11 2.40 section 2.3.1, RFC 7518 section 3.4). */
export function toDerSignature(raw: Buffer): Buffer {
  const half = raw.length / 2;
  const numbers = [raw.subarray(0, half), raw.subarray(half)];
  return encodeDer(derTags.sequence, ...numbers.map((number) => encodeDer(derTags.integer, toPositive(number))));
}

function toPositive(number: Buffer): Buffer {
  const first = number.findIndex((octet) => octet !== 0);
  const shortest = first === -1 ? Buffer.alloc(1) : number.subarray(first);
  return (shortest[0] ?? 0) < 0x80 ? shortest : Buffer.concat([Buffer.alloc(1), shortest]);
}
