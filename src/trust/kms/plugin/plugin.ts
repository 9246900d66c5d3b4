import { createHash } from 'node:crypto';
import { isAppError } from '../../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../../kit/proto-json.ts';
import { askPlugin } from '../../../process/index.ts';
import { trustError } from '../../errors.ts';
import { type PublicKey, parsePublicKey } from '../../keys/public-key.ts';
import type { SignatureHash, SignatureScheme } from '../../keys/signature.ts';
import type { FindKmsKey, KmsAccess, KmsReference } from '../scheme.ts';
import { type Call, toArgument } from './protocol.ts';

interface Program {
  readonly name: string;
  readonly reference: KmsReference;
  readonly access: KmsAccess;
}

const maxAnswer = 2 ** 20;
const shownLength = 200;

/** Keys that a program `sigstore-kms-SCHEME` on PATH knows. */
export const findPluginKey: FindKmsKey = async (reference, access) => {
  const program = { name: `sigstore-kms-${reference.scheme}`, reference, access };
  return {
    async create() {
      const chosen = await ask(program, { methodName: 'defaultAlgorithm' });
      const algorithm = read(program, () => chosen.require('defaultAlgorithm', chosen.text('defaultAlgorithm')));
      await ask(program, { methodName: 'createKey', algorithm });
    },
    async open() {
      const publicKey = await askPublicKey(program);
      return { publicKey, sign: (message, scheme) => sign(program, message, scheme) };
    },
  };
};

async function askPublicKey(program: Program): Promise<PublicKey> {
  const answer = await ask(program, { methodName: 'publicKey' });
  return read(program, () => parsePublicKey(answer.require('publicKeyPEM', answer.bytes('publicKeyPEM'))));
}

async function sign(program: Program, message: Uint8Array, scheme: SignatureScheme): Promise<Buffer> {
  const hash = hashOf(scheme);
  const prehash = hash === 'none' ? { hash } : { hash, digest: createHash(hash).update(message).digest() };
  const answer = await ask(program, { methodName: 'signMessage', message, ...prehash });
  return read(program, () => answer.require('signature', answer.bytes('signature')));
}

function hashOf(scheme: SignatureScheme): SignatureHash | 'none' {
  if (scheme.name === 'ed25519ph') return 'sha512';
  return 'hash' in scheme ? scheme.hash : 'none';
}

/** What the program answers for the method. @throws TRUST_KMS_REFUSED, TRUST_KMS_INVALID, PROCESS_PLUGIN_* */
async function ask(program: Program, call: Call): Promise<ProtoFields> {
  const output = await run(program, call);
  return read(program, () => {
    const fields = new ProtoFields(parseBoundedJson(output, maxAnswer));
    const detail = fields.text('errorMessage')?.slice(0, shownLength);
    if (detail) throw trustError('TRUST_KMS_REFUSED', { data: { service: program.name, detail } });
    return fields.require(call.methodName, fields.fields(call.methodName));
  });
}

function run({ name, reference, access }: Program, call: Call): Promise<string> {
  const { environment, signal } = access;
  const options = { environment, ...(signal !== undefined && { signal }) };
  const input = call.methodName === 'signMessage' ? call.message : '';
  return askPlugin(name, { arguments: ['v1', toArgument(reference.name, call)], input }, options);
}

function read<T>({ name }: Program, get: () => T): T {
  try {
    return get();
  } catch (error) {
    if (!isAppError(error) || error.code === 'TRUST_KMS_REFUSED') throw error;
    throw trustError('TRUST_KMS_INVALID', { data: { service: name, reason: error.message } });
  }
}
