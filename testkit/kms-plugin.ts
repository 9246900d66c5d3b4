import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './context.ts';

export interface TestKmsPlugin {
  /** The directory that it is in, for PATH. */
  readonly directory: string;
  /** Where the plugin keeps its key; what follows `://`. */
  readonly keyPath: string;
}

/** Speaks the protocol of sigstore's plugins: keys are files, made and used with node:crypto. */
const program = `
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
const [version, text] = process.argv.slice(2);
const { initOptions, methodName, ...rest } = JSON.parse(text);
const args = rest[methodName];
const key = () => createPrivateKey(readFileSync(initOptions.keyResourceID));
const pem = () => Buffer.from(createPublicKey(key()).export({ type: 'spki', format: 'pem' })).toString('base64');
const hashes = { 0: null, 5: 'sha256', 6: 'sha384', 7: 'sha512' };
const methods = {
  defaultAlgorithm: () => ({ defaultAlgorithm: 'ecdsa' }),
  createKey() {
    if (args.algorithm !== 'ecdsa') throw new Error('no such algorithm');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(initOptions.keyResourceID, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return { publicKeyPEM: pem() };
  },
  publicKey: () => ({ publicKeyPEM: pem() }),
  signMessage() {
    const message = readFileSync(0);
    const hash = hashes[initOptions.hashFunc];
    const { digest } = args.signOptions.messageOptions;
    const isRight = digest === null || createHash(hash).update(message).digest('base64') === digest;
    if (!isRight) throw new Error('the digest is not that of the message');
    return { signature: sign(hash, message, key()).toString('base64') };
  },
};
let answer;
try {
  if (version !== 'v1' || initOptions.protocolVersion !== 'v1') throw new Error('another protocol');
  answer = { [methodName]: methods[methodName]() };
} catch (error) {
  answer = { errorMessage: error.message };
  process.exitCode = 1;
}
process.stdout.write(JSON.stringify(answer));
`;

/** Puts `sigstore-kms-SCHEME` into a directory of its own. */
export function installKmsPlugin(scheme: string, script?: string): TestKmsPlugin {
  const directory = temporaryDirectory();
  const path = join(directory, `sigstore-kms-${scheme}`);
  writeFileSync(join(directory, 'plugin.mjs'), program);
  const usual = `exec '${process.execPath}' '${join(directory, 'plugin.mjs')}' "$@"`;
  writeFileSync(path, `#!/bin/sh\n${script ?? usual}\n`);
  chmodSync(path, 0o755);
  return { directory, keyPath: join(directory, 'key.pem') };
}
