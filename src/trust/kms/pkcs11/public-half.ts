import { createPublicKey } from 'node:crypto';
import { derTags, encodeDer, encodeOid, parseDer } from '../../../codecs/asn1/index.ts';
import { isAppError } from '../../../core/index.ts';
import { parseCertificate } from '../../certificate/certificate.ts';
import { trustError } from '../../errors.ts';
import { type PublicKey, toPublicKey } from '../../keys/public-key.ts';
import { attributes, classes, keyTypes } from './data.ts';
import { findObjects, readAttribute, type Session } from './token.ts';
import type { Pkcs11Key } from './uri.ts';

const ecPublicKey = '1.2.840.10045.2.1';
const uncompressed = 4;

/** Objects of a class that a key's label and identifier fit. */
export function findOf(session: Session, key: Pick<Pkcs11Key, 'id' | 'object'>, kind: keyof typeof classes): Buffer[] {
  return findObjects(session, [
    { type: attributes.class, value: classes[kind] },
    ...(key.id === undefined ? [] : [{ type: attributes.id, value: key.id }]),
    ...(key.object === undefined ? [] : [{ type: attributes.label, value: key.object }]),
  ]);
}

/** The public half of a key, from the certificate where the token keeps nothing else. @throws TRUST_PKCS11_KEY, TRUST_KEY_*, TRUST_CERTIFICATE_INVALID */
export function readPublicHalf(session: Session, key: Pkcs11Key): PublicKey {
  const [object, ...others] = findOf(session, key, 'publicKey');
  if (others.length > 0) throw trustError('TRUST_PKCS11_KEY', { data: { found: others.length + 1 } });
  if (object !== undefined) return readKey(session, object);
  const [certificate, ...more] = findOf(session, key, 'certificate');
  if (certificate === undefined || more.length > 0) {
    throw trustError('TRUST_PKCS11_KEY', { data: { found: certificate === undefined ? 0 : more.length + 1 } });
  }
  return parseCertificate(readAttribute(session, certificate, 'value')).publicKey();
}

function readKey(session: Session, object: Buffer): PublicKey {
  const type = readAttribute(session, object, 'keyType');
  const number = type.length === 0 ? -1 : type.readUIntLE(0, Math.min(6, type.length));
  if (number === keyTypes.rsa) {
    const n = readAttribute(session, object, 'modulus').toString('base64url');
    const e = readAttribute(session, object, 'publicExponent').toString('base64url');
    return toPublicKey(() => createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }));
  }
  if (number !== keyTypes.ec) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: `${number} of PKCS #11` } });
  const algorithm = encodeDer(derTags.sequence, encodeOid(ecPublicKey), readAttribute(session, object, 'ecParameters'));
  const point = encodeDer(derTags.bitString, Buffer.from([0]), pointOf(readAttribute(session, object, 'ecPoint')));
  const spki = encodeDer(derTags.sequence, algorithm, point);
  return toPublicKey(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
}

/** An octet string in DER, as it should be, or the point itself, as older modules have it. */
function pointOf(value: Buffer): Buffer {
  try {
    const node = parseDer(value);
    if (node.tag === derTags.octetString && node.value[0] === uncompressed) return node.value;
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return value;
}
