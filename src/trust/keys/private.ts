export { parsePlainPrivateKey } from './plain-key.ts';
export { decryptPrivateKey, encryptPrivateKey } from './private-key.ts';
export { publicKeyPem, type SigningKey, toSigningKey } from './signing-key.ts';
