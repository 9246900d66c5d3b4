import { ProtoFields, parseBoundedJson } from '../kit/proto-json.ts';
import { envelopeError } from './errors.ts';

/** A signed message with its type, as the DSSE specification has it (envelope.md). */
export interface DsseEnvelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly DsseSignature[];
}

export interface DsseSignature {
  readonly signature: Buffer;
  /** A hint only: it is not signed. */
  readonly keyId?: string;
}

const mebibyte = 2 ** 20;
const maxSize = 128 * mebibyte;
const maxSignatures = 32;

/** Payload type of in-toto statements. */
export const inTotoPayloadType = 'application/vnd.in-toto+json';

/** Reads an envelope of at most 128 MiB from JSON. @throws ENVELOPE_DSSE_INVALID, KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function parseDsseEnvelope(json: Uint8Array): DsseEnvelope {
  return readDsseEnvelope(new ProtoFields(parseBoundedJson(json, maxSize)));
}

/** Reads an envelope that stands inside another document. @throws ENVELOPE_DSSE_INVALID, KIT_JSON_INVALID */
export function readDsseEnvelope(fields: ProtoFields): DsseEnvelope {
  const payloadType = fields.text('payloadType') ?? '';
  if (payloadType === '') throw envelopeError('ENVELOPE_DSSE_INVALID', { data: { reason: 'it names no type' } });
  return {
    payloadType,
    payload: fields.bytes('payload') ?? Buffer.alloc(0),
    signatures: fields.list('signatures', maxSignatures).map(readSignature),
  };
}

function readSignature(fields: ProtoFields): DsseSignature {
  const signature = fields.bytes('sig');
  const keyId = fields.text('keyid') ?? '';
  if (signature === undefined || signature.length === 0) {
    throw envelopeError('ENVELOPE_DSSE_INVALID', { data: { reason: 'a signature is empty' } });
  }
  return keyId === '' ? { signature } : { signature, keyId };
}

/** The bytes that a DSSE signature is made over: the pre-authentication encoding (protocol.md). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from('DSSEv1 '), lengthOf(type), type, Buffer.from(' '), lengthOf(payload), payload]);
}

function lengthOf(bytes: Uint8Array): Buffer {
  return Buffer.from(`${bytes.length} `);
}

/** The envelope as JSON writes it, keys in the order of the specification. */
export function dsseToJson(envelope: DsseEnvelope): Record<string, unknown> {
  return {
    payload: envelope.payload.toString('base64'),
    payloadType: envelope.payloadType,
    signatures: envelope.signatures.map(({ signature, keyId }) => ({
      sig: signature.toString('base64'),
      ...(keyId !== undefined && { keyid: keyId }),
    })),
  };
}
