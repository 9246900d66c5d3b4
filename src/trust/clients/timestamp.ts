import { createHash, randomBytes } from 'node:crypto';
import { derTags, encodeDer, encodeOid } from '../../codecs/asn1/index.ts';
import { ask, type ServiceAccess } from './service.ts';

const sha256 = '2.16.840.1.101.3.4.2.1';

/** The answer of a timestamp authority for a signature, in DER (RFC 3161 section 2.4.1). @throws TRUST_SERVICE_*, NET_* */
export async function requestTimestamp(access: ServiceAccess, signature: Uint8Array): Promise<Buffer> {
  const { sequence, integer, octetString, boolean } = derTags;
  const imprint = createHash('sha256').update(signature).digest();
  const algorithm = encodeDer(sequence, encodeOid(sha256), encodeDer(derTags.null));
  // The first octet keeps the nonce positive.
  const nonce = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const body = encodeDer(
    sequence,
    encodeDer(integer, Buffer.from([1])),
    encodeDer(sequence, algorithm, encodeDer(octetString, imprint)),
    encodeDer(integer, nonce),
    encodeDer(boolean, Buffer.from([0xff])),
  );
  const question = { service: 'the timestamp authority', path: '', contentType: 'application/timestamp-query', body };
  return (await ask(access, question)).body;
}
