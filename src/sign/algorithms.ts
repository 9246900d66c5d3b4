import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** How keys of one use are made, by cosign's names. */
const makers: Readonly<Record<SigningAlgorithm, () => KeyObject>> = {
  'ecdsa-sha2-256-nistp256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'ecdsa-sha2-384-nistp384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'ecdsa-sha2-512-nistp521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  'rsa-sign-pkcs1-2048-sha256': () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'rsa-sign-pkcs1-3072-sha256': () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
  'rsa-sign-pkcs1-4096-sha256': () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey,
};

/** A key for one signature. */
export function makeKeyOfOneUse(algorithm: SigningAlgorithm = 'ecdsa-sha2-256-nistp256'): KeyObject {
  return makers[algorithm]();
}

export const signingAlgorithms = [
  'ecdsa-sha2-256-nistp256',
  'ecdsa-sha2-384-nistp384',
  'ecdsa-sha2-512-nistp521',
  'rsa-sign-pkcs1-2048-sha256',
  'rsa-sign-pkcs1-3072-sha256',
  'rsa-sign-pkcs1-4096-sha256',
] as const;

export type SigningAlgorithm = (typeof signingAlgorithms)[number];
