import type { SignatureHash } from '../../keys/signature.ts';

/** One method of a plugin, with what it is given (the protocol of sigstore's `cliplugin`, version 1). */
export type Call =
  | { readonly methodName: 'defaultAlgorithm' | 'publicKey' }
  | { readonly methodName: 'createKey'; readonly algorithm: string }
  | ({ readonly methodName: 'signMessage'; readonly message: Uint8Array } & Prehash);

/** The digest of the message, where the key signs one. */
type Prehash = { readonly hash: SignatureHash; readonly digest: Buffer } | { readonly hash: 'none' };

/** Numbers of Go's crypto.Hash. */
const hashNumbers: Readonly<Record<SignatureHash | 'none', number>> = { none: 0, sha256: 5, sha384: 6, sha512: 7 };
const rpcOptions = { keyVersion: '', remoteVerification: false };

/** The second argument of the program. */
export function toArgument(keyResourceID: string, call: Call): string {
  const hashFunc = hashNumbers[call.methodName === 'signMessage' ? call.hash : 'sha256'];
  return JSON.stringify({
    initOptions: { protocolVersion: 'v1', keyResourceID, hashFunc, rpcOptions },
    methodName: call.methodName,
    [call.methodName]: argumentsOf(call),
  });
}

function argumentsOf(call: Call): object {
  switch (call.methodName) {
    case 'defaultAlgorithm':
      return {};
    case 'publicKey':
      return { publicKeyOptions: { rpcOptions } };
    case 'createKey':
      return { algorithm: call.algorithm };
    case 'signMessage':
      return { signOptions: { rpcOptions, messageOptions: messageOptions(call) } };
  }
}

/** Without a digest, the message on the standard input is what is signed. */
function messageOptions(call: Prehash): object {
  return call.hash === 'none' ? { digest: null } : { digest: call.digest.toString('base64') };
}
