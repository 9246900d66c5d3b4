import { createHash, createPublicKey } from 'node:crypto';
import type { ProtoFields } from '../../../kit/proto-json.ts';
import { trustError } from '../../errors.ts';
import { type PublicKey, toPublicKey } from '../../keys/public-key.ts';
import { toDerSignature } from '../../keys/raw-signature.ts';
import type { SignatureScheme } from '../../keys/signature.ts';
import { readAnswer } from '../answer.ts';
import { askSystem, type RestSystem } from '../rest.ts';
import type { FindKmsKey, KmsReference } from '../scheme.ts';
import { azureToken, cloudOf } from './token.ts';

interface Place {
  readonly system: RestSystem;
  readonly reference: KmsReference;
  /** `https://HOST/keys/NAME`. */
  readonly address: string;
  readonly version: string;
}

const title = 'Azure Key Vault';
const interfaceVersion = 'api-version=7.4';
const names = /^([a-z0-9][a-z0-9.-]{0,126}(?::\d{1,5})?)\/([a-z0-9-]{1,127})(?:\/([a-z0-9]{0,64}))?$/i;
const elliptic = { sha256: 'ES256', sha384: 'ES384', sha512: 'ES512' } as const;

/** Keys of Azure Key Vault, `VAULT/KEY[/VERSION]`; a vault without dots is one of its cloud. */
export const findAzureKey: FindKmsKey = async (reference, access) => {
  const [, vault, name, version = ''] = names.exec(reference.name) ?? [];
  if (vault === undefined || name === undefined) {
    throw trustError('TRUST_KMS_REFERENCE', { data: { reference: reference.text } });
  }
  const host = /[.:]/.test(vault) ? vault : `${vault}.${cloudOf(access).vaults}`;
  const system = { title, access, token: azureToken(access) };
  const place: Place = { system, reference, address: `https://${host}/keys/${name}`, version };
  return {
    async create() {
      if ((await ask(place, '')) !== undefined) return;
      const wish = { kty: 'EC', crv: 'P-256', key_ops: ['sign', 'verify'], attributes: { enabled: true } };
      await ask(place, '/create', wish);
    },
    async open() {
      const { publicKey, newest } = await read(place);
      return { publicKey, hasFixedHash: true, sign: (message, scheme) => sign(place, newest, { message, scheme }) };
    },
  };
};

/** The public half, and the version that it is of. */
async function read(place: Place): Promise<{ readonly publicKey: PublicKey; readonly newest: string }> {
  const answer = await demand(place, place.version === '' ? '' : `/${place.version}`);
  const key = readAnswer(title, () => answer.require('key', answer.fields('key')));
  const newest =
    readAnswer(title, () => key.require('kid', key.text('kid')))
      .split('/')
      .at(-1) ?? '';
  if (!/^\w{1,64}$/.test(newest)) {
    throw trustError('TRUST_KMS_INVALID', { data: { service: title, reason: 'the version of the key is none' } });
  }
  const publicKey = readAnswer(title, () => {
    const kty = key.require('kty', key.text('kty')).replace(/-HSM$/, '');
    const parts = ['crv', 'x', 'y', 'n', 'e'].flatMap((part) => {
      const value = key.text(part);
      return value === undefined ? [] : [[part, value] as const];
    });
    return toPublicKey(() => createPublicKey({ key: { kty, ...Object.fromEntries(parts) }, format: 'jwk' }));
  });
  return { publicKey, newest };
}

async function sign(
  place: Place,
  version: string,
  { message, scheme }: { readonly message: Uint8Array; readonly scheme: SignatureScheme },
): Promise<Buffer> {
  if (!('hash' in scheme)) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: `Ed25519 of ${title}` } });
  const isCurve = scheme.name === 'ecdsa';
  const answer = await demand(place, `/${version}/sign`, {
    alg: isCurve ? elliptic[scheme.hash] : 'RS256',
    value: createHash(scheme.hash).update(message).digest('base64url'),
  });
  const signature = readAnswer(title, () => answer.require('value', answer.bytes('value')));
  return isCurve ? toDerSignature(signature) : signature;
}

function ask({ system, address }: Place, path: string, body?: object): Promise<ProtoFields | undefined> {
  return askSystem(system, new URL(`${address}${path}?${interfaceVersion}`), body);
}

async function demand(place: Place, path: string, body?: object): Promise<ProtoFields> {
  const answer = await ask(place, path, body);
  if (answer !== undefined) return answer;
  throw trustError('TRUST_KMS_KEY_MISSING', { data: { service: title, reference: place.reference.text } });
}
