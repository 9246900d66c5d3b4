import { createHash } from 'node:crypto';
import { trustError } from '../../errors.ts';
import { toDerSignature } from '../../keys/raw-signature.ts';
import type { SignatureScheme } from '../../keys/signature.ts';
import { toDigestInfo } from '../../keys/signature.ts';
import type { FindKmsKey, KmsAccess } from '../scheme.ts';
import { mechanisms, users } from './data.ts';
import { openCryptoki } from './library.ts';
import { askPin } from './pin.ts';
import { findOf, readPublicHalf } from './public-half.ts';
import { findSlot, readAttribute, type Session, withModule, withSession } from './token.ts';
import { type Pkcs11Key, parsePkcs11Uri } from './uri.ts';

const maxSignature = 4096;

/** Keys of a token, which a module of its maker knows. */
export const findPkcs11Key: FindKmsKey = async (reference, access) => {
  const key = await parsePkcs11Uri(reference.name, access.environment);
  return {
    create() {
      return Promise.reject(trustError('TRUST_PKCS11_CREATE'));
    },
    async open(use) {
      const pin = key.pin ?? (use === 'sign' ? await askPin(key.modulePath, key.token, access) : undefined);
      const publicKey = inSession(key, access, pin, (session) => readPublicHalf(session, key));
      return {
        publicKey,
        sign: async (message, scheme) =>
          inSession(key, access, pin, (session) => sign(session, key, { message, scheme })),
      };
    },
  };
};

function inSession<T>(key: Pkcs11Key, access: KmsAccess, pin: string | undefined, use: (session: Session) => T): T {
  const cryptoki = openCryptoki(access);
  return withModule(cryptoki, key.modulePath, (slots) => withSession(cryptoki, findSlot(slots, key.token), pin, use));
}

function sign(
  session: Session,
  key: Pkcs11Key,
  { message, scheme }: { readonly message: Uint8Array; readonly scheme: SignatureScheme },
): Buffer {
  const [object, ...others] = findOf(session, key, 'privateKey');
  if (object === undefined || others.length > 0) {
    throw trustError('TRUST_PKCS11_KEY', { data: { found: object === undefined ? 0 : others.length + 1 } });
  }
  if (!('hash' in scheme)) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: 'Ed25519 on tokens' } });
  const digest = createHash(scheme.hash).update(message).digest();
  const isCurve = scheme.name === 'ecdsa';
  const { cryptoki, handle, pin } = session;
  cryptoki.C_SignInit(handle, { mechanism: isCurve ? mechanisms.ecdsa : mechanisms.rsaPkcs }, object);
  const isAskedAlways = readAttribute(session, object, 'alwaysAuthenticate')[0] === 1;
  if (isAskedAlways && pin !== undefined) cryptoki.C_Login(handle, users.contextSpecific, pin);
  const data = isCurve ? digest : toDigestInfo(scheme.hash, digest);
  const signature = cryptoki.C_Sign(handle, data, Buffer.alloc(maxSignature));
  return isCurve ? toDerSignature(signature) : signature;
}
