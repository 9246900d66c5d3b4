import { isAppError } from '../../core/index.ts';
import type { LogEntry } from '../../envelope/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { verifyError } from '../errors.ts';

/** What a log entry says of a signature, whatever kind it is. */
export interface EntryClaims {
  /** Undefined for entries that have the digest of the envelope only. */
  readonly signature?: Buffer;
  /** The certificate or key that signed: PEM in Rekor 1, DER in Rekor 2. */
  readonly verifier: Buffer;
  readonly content: EntryContent;
  /** Rekor 2 states how the key signs. */
  readonly keyDetails?: string;
}

export type EntryContent =
  /** Digest of a message, or of what a DSSE signature is over. */
  | { readonly kind: 'message'; readonly algorithm: string; readonly digest: Buffer }
  /** SHA-256 of the payload of an envelope. */
  | { readonly kind: 'payload'; readonly digest: Buffer };

const maxSize = 128 * 2 ** 20;
const maxSignatures = 32;

type Reader = (spec: ProtoFields) => EntryClaims;

const readers: Readonly<Record<string, Reader>> = {
  'hashedrekord/0.0.1': readHashedRekord1,
  'dsse/0.0.1': readDsse1,
  'intoto/0.0.2': readIntoto2,
  'hashedrekord/0.0.2': readHashedRekord2,
  'dsse/0.0.2': readDsse2,
};

/** Entries that cosign has made for attestations in the older layout. */
const legacyReaders: Readonly<Record<string, Reader>> = { ...readers, 'intoto/0.0.1': readIntoto1 };

/** The body of an entry of a kind that is known in the layout. @throws VERIFY_ENTRY_KIND, VERIFY_ENTRY_BODY */
export function readEntryBody(entry: LogEntry, layout: 'bundle' | 'legacy'): EntryClaims {
  const known = layout === 'legacy' ? legacyReaders : readers;
  const { logIndex: index, kind, version } = entry;
  const read = Object.hasOwn(known, `${kind}/${version}`) ? known[`${kind}/${version}`] : undefined;
  if (read === undefined) throw verifyError('VERIFY_ENTRY_KIND', { data: { index, kind: `${kind} ${version}` } });
  try {
    const fields = new ProtoFields(parseBoundedJson(entry.body, maxSize));
    if (fields.text('kind') !== kind || fields.text('apiVersion') !== version) {
      throw verifyError('VERIFY_ENTRY_KIND', { data: { index, kind: fields.text('kind') ?? '' } });
    }
    return read(fields.require('spec', fields.fields('spec')));
  } catch (error) {
    if (!isAppError(error) || error.code.startsWith('VERIFY_')) throw error;
    throw verifyError('VERIFY_ENTRY_BODY', { data: { index, reason: error.message } });
  }
}

function readHashedRekord1(spec: ProtoFields): EntryClaims {
  const hash = inside(inside(spec, 'data'), 'hash');
  const signature = inside(spec, 'signature');
  return {
    signature: bytesOf(signature, 'content'),
    verifier: bytesOf(inside(signature, 'publicKey'), 'content'),
    content: { kind: 'message', algorithm: hash.text('algorithm') ?? '', digest: hexOf(hash) },
  };
}

function readDsse1(spec: ProtoFields): EntryClaims {
  const signature = onlyOne(spec, 'signatures');
  return {
    signature: bytesOf(signature, 'signature'),
    verifier: bytesOf(signature, 'verifier'),
    content: { kind: 'payload', digest: hexOf(inside(spec, 'payloadHash')) },
  };
}

function readIntoto1(spec: ProtoFields): EntryClaims {
  return {
    verifier: bytesOf(spec, 'publicKey'),
    content: { kind: 'payload', digest: hexOf(inside(inside(spec, 'content'), 'payloadHash')) },
  };
}

/** Here the signature is in base64 twice. */
function readIntoto2(spec: ProtoFields): EntryClaims {
  const content = inside(spec, 'content');
  const signature = onlyOne(inside(content, 'envelope'), 'signatures');
  return {
    signature: Buffer.from(bytesOf(signature, 'sig').toString('latin1'), 'base64'),
    verifier: bytesOf(signature, 'publicKey'),
    content: { kind: 'payload', digest: hexOf(inside(content, 'payloadHash')) },
  };
}

function readHashedRekord2(spec: ProtoFields): EntryClaims {
  const record = inside(spec, 'hashedRekordV002').only('data', 'signature');
  const data = inside(record, 'data').only('algorithm', 'digest');
  return {
    ...readSignature2(inside(record, 'signature')),
    content: { kind: 'message', algorithm: hashName(data), digest: bytesOf(data, 'digest') },
  };
}

function readDsse2(spec: ProtoFields): EntryClaims {
  const record = inside(spec, 'dsseV002').only('payloadHash', 'signatures');
  const hash = inside(record, 'payloadHash').only('algorithm', 'digest');
  return {
    ...readSignature2(onlyOne(record, 'signatures')),
    content: { kind: 'payload', digest: bytesOf(hash, 'digest') },
  };
}

function readSignature2(signature: ProtoFields): Pick<EntryClaims, 'signature' | 'verifier' | 'keyDetails'> {
  signature.only('content', 'verifier');
  const verifier = inside(signature, 'verifier').only('keyDetails', 'publicKey', 'x509Certificate');
  const holder = verifier.fields('x509Certificate') ?? inside(verifier, 'publicKey');
  return {
    signature: bytesOf(signature, 'content'),
    verifier: bytesOf(holder.only('rawBytes'), 'rawBytes'),
    keyDetails: verifier.text('keyDetails') ?? '',
  };
}

/** `SHA2_256` is what others call `sha256`. */
function hashName(fields: ProtoFields): string {
  return (fields.text('algorithm') ?? '').replace(/^SHA2_/, 'sha');
}

function inside(fields: ProtoFields, name: string): ProtoFields {
  return fields.require(name, fields.fields(name));
}

function bytesOf(fields: ProtoFields, name: string): Buffer {
  return fields.require(name, fields.bytes(name));
}

function hexOf(hash: ProtoFields): Buffer {
  return Buffer.from(hash.text('value') ?? '', 'hex');
}

function onlyOne(fields: ProtoFields, name: string): ProtoFields {
  const list = fields.list(name, maxSignatures);
  return fields.require(name, list.length === 1 ? list[0] : undefined);
}
