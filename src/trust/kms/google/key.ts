import { createHash } from 'node:crypto';
import type { ProtoFields } from '../../../kit/proto-json.ts';
import { retry } from '../../../kit/retry.ts';
import { sleep } from '../../../kit/sleep.ts';
import { trustError } from '../../errors.ts';
import { parsePublicKey } from '../../keys/public-key.ts';
import type { SignatureScheme } from '../../keys/signature.ts';
import { readAnswer } from '../answer.ts';
import { askSystem, type RestSystem } from '../rest.ts';
import type { FindKmsKey, KmsReference, OpenedKmsKey } from '../scheme.ts';
import { googleToken } from './token.ts';

interface Place {
  readonly system: RestSystem;
  readonly reference: KmsReference;
  /** `projects/P/locations/L`. */
  readonly location: string;
  readonly ring: string;
  readonly key: string;
  /** `projects/…/cryptoKeys/K`. */
  readonly path: string;
  readonly version?: string;
}

const title = 'Google Cloud KMS';
const address = 'https://cloudkms.googleapis.com/v1/';
const names =
  /^(projects\/[\w.:-]{1,100}\/locations\/[\w-]{1,63})\/keyRings\/([\w-]{1,63})\/cryptoKeys\/([\w-]{1,63})(?:\/(?:versions|cryptoKeyVersions)\/(\d{1,9}))?$/;
const usualAlgorithm = 'EC_SIGN_P256_SHA256';
const maxVersions = 1000;
/** A new key takes seconds to be made. */
const patience = { attempts: 8, firstDelay: 500, maxDelay: 4000, sleep };

/** Keys of Google Cloud KMS, used as cosign uses them. */
export const findGoogleKey: FindKmsKey = async (reference, access) => {
  const [, location, ring, key, version] = names.exec(reference.name) ?? [];
  if (location === undefined || ring === undefined || key === undefined) {
    throw trustError('TRUST_KMS_REFERENCE', { data: { reference: reference.text } });
  }
  const system = { title, access, token: googleToken(access) };
  const path = `${location}/keyRings/${ring}/cryptoKeys/${key}`;
  const place: Place = { system, reference, location, ring, key, path, ...(version !== undefined && { version }) };
  return { create: () => create(place), open: () => open(place) };
};

/** A ring or a key that is there already is left as it is. */
async function create(place: Place): Promise<void> {
  const { location, ring, key, path } = place;
  const rings = `${location}/keyRings`;
  if ((await ask(place, `${rings}/${ring}`)) === undefined) await ask(place, `${rings}?keyRingId=${ring}`, {});
  if ((await ask(place, path)) === undefined) {
    const template = { purpose: 'ASYMMETRIC_SIGN', versionTemplate: { algorithm: usualAlgorithm } };
    await ask(place, `${rings}/${ring}/cryptoKeys?cryptoKeyId=${key}`, template);
  }
  await retry(() => newest(place), patience);
}

async function open(place: Place): Promise<OpenedKmsKey> {
  const version = `${place.path}/cryptoKeyVersions/${place.version ?? (await newest(place))}`;
  const shown = await demand(place, `${version}/publicKey`);
  const publicKey = readAnswer(title, () => parsePublicKey(shown.require('pem', shown.text('pem'))));
  const algorithm = readAnswer(title, () => shown.require('algorithm', shown.text('algorithm')));
  const make: OpenedKmsKey['sign'] = (message, scheme) => sign(place, version, { message, scheme, algorithm });
  return { publicKey, hasFixedHash: true, sign: make };
}

/** The number of the newest version that is enabled. @throws TRUST_KMS_BUSY, TRUST_KMS_KEY_MISSING */
async function newest(place: Place): Promise<number> {
  const answer = await demand(place, `${place.path}/cryptoKeyVersions?pageSize=${maxVersions}`);
  const versions = readAnswer(title, () =>
    answer.list('cryptoKeyVersions', maxVersions).map((version) => ({
      state: version.text('state'),
      number: Number(version.text('name')?.split('/').at(-1)),
    })),
  );
  const enabled = versions.filter(({ state }) => state === 'ENABLED').map(({ number }) => number);
  if (enabled.length > 0) return Math.max(...enabled);
  if (!versions.some(({ state }) => state === 'PENDING_GENERATION')) throw missing(place);
  throw trustError('TRUST_KMS_BUSY', { data: { service: title, detail: 'the key is not made yet' } });
}

interface Wish {
  readonly message: Uint8Array;
  readonly scheme: SignatureScheme;
  /** What the version is made for. */
  readonly algorithm: string;
}

async function sign(place: Place, version: string, { message, scheme, algorithm }: Wish): Promise<Buffer> {
  const hash = 'hash' in scheme ? scheme.hash : undefined;
  const isFit = hash !== undefined && algorithm.endsWith(hash.toUpperCase()) && !algorithm.includes('PSS');
  if (!isFit) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: `${algorithm} of ${title}` } });
  const digest = { [hash]: createHash(hash).update(message).digest('base64') };
  const answer = await demand(place, `${version}:asymmetricSign`, { digest });
  return readAnswer(title, () => answer.require('signature', answer.bytes('signature')));
}

function ask({ system }: Place, path: string, body?: object): Promise<ProtoFields | undefined> {
  return askSystem(system, new URL(path, address), body);
}

async function demand(place: Place, path: string, body?: object): Promise<ProtoFields> {
  const answer = await ask(place, path, body);
  if (answer === undefined) throw missing(place);
  return answer;
}

function missing({ reference }: Place): Error {
  return trustError('TRUST_KMS_KEY_MISSING', { data: { service: title, reference: reference.text } });
}
