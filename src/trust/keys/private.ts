export { parsePlainPrivateKey } from './plain-key.ts';
export { decryptPrivateKey, encryptPrivateKey } from './private-key.ts';
export { toSigningKey } from './signing-key.ts';
