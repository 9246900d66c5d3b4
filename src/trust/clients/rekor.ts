import { createHash } from 'node:crypto';
import { isAppError } from '../../core/index.ts';
import {
  type BundleContent,
  type DsseEnvelope,
  dsseToJson,
  type LogEntry,
  preAuthEncoding,
  readLogEntry,
  toCertificatePem,
} from '../../envelope/index.ts';
import type { ProtoFields } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';
import { keyDetails, type PublicKey, publicKeyPem } from '../keys/public-key.ts';
import { hashOfKind } from '../keys/signature.ts';
import { ask, readReply, type ServiceAccess, toJsonBody } from './service.ts';

/** A signature that is to be entered in a log. */
export interface LoggedSignature {
  readonly content: BundleContent;
  /** The key that signed. */
  readonly key: PublicKey;
  /** The certificate of the key in DER, where it has one. */
  readonly certificate?: Buffer;
}

const service = 'Rekor';

/** Enters a signature in Rekor 1, as hashedrekord or dsse 0.0.1. @throws TRUST_SERVICE_*, NET_* */
export async function enterInRekor1(access: ServiceAccess, signed: LoggedSignature): Promise<LogEntry> {
  const body = toJsonBody(proposeEntry(signed));
  const question = { service, path: '/api/v1/log/entries', contentType: 'application/json', body };
  const reply = await ask(access, question);
  const uuid = (reply.headers['etag'] ?? '').replaceAll('"', '');
  return readReply(service, reply, (fields) => toLogEntry(fields.require(uuid, fields.fields(uuid))));
}

/** An entry of Rekor 1 by its number, with the proof that bundles of today need. @throws TRUST_SERVICE_*, NET_* */
export async function fetchFromRekor1(access: ServiceAccess, logIndex: number): Promise<LogEntry> {
  const reply = await ask(access, { service, path: `/api/v1/log/entries?logIndex=${logIndex}` });
  return readReply(service, reply, (fields) => {
    const [uuid = ''] = fields.names();
    return toLogEntry(fields.require(uuid, fields.fields(uuid)));
  });
}

function proposeEntry({ content, certificate, key }: LoggedSignature): object {
  const pem = Buffer.from(certificate === undefined ? publicKeyPem(key) : toCertificatePem(certificate)).toString(
    'base64',
  );
  if (content.kind === 'dsse') {
    const envelope = JSON.stringify(dsseToJson(content.envelope));
    return { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent: { envelope, verifiers: [pem] } } };
  }
  const value = content.digest?.value.toString('hex');
  const signature = { content: content.signature.toString('base64'), publicKey: { content: pem } };
  const data = { hash: { algorithm: content.digest?.algorithm, value } };
  return { apiVersion: '0.0.1', kind: 'hashedrekord', spec: { data, signature } };
}

/** Rekor 1 answers in a form of its own; bundles have another. */
function toLogEntry(fields: ProtoFields): LogEntry {
  const body = fields.require('body', fields.bytes('body'));
  const { kind, apiVersion } = JSON.parse(body.toString()) as { kind?: unknown; apiVersion?: unknown };
  const verification = fields.require('verification', fields.fields('verification'));
  const proof = verification.require('inclusionProof', verification.fields('inclusionProof'));
  const hashes = proof.raw('hashes');
  return {
    body,
    kind: String(kind),
    version: String(apiVersion),
    logIndex: fields.require('logIndex', fields.integer('logIndex')),
    logId: Buffer.from(fields.text('logID') ?? '', 'hex'),
    integratedTime: fields.require('integratedTime', fields.integer('integratedTime')),
    promise: verification.require('signedEntryTimestamp', verification.bytes('signedEntryTimestamp')),
    proof: {
      logIndex: proof.integer('logIndex') ?? 0,
      treeSize: proof.integer('treeSize') ?? 0,
      rootHash: Buffer.from(proof.text('rootHash') ?? '', 'hex'),
      hashes: (Array.isArray(hashes) ? hashes : []).map((hash) => Buffer.from(String(hash), 'hex')),
      checkpoint: proof.text('checkpoint') ?? '',
    },
  };
}

/** Enters a signature in Rekor 2, which takes hashedrekord 0.0.2 only: for an envelope, of what its signature is over. @throws TRUST_SERVICE_*, NET_* */
export async function enterInRekor2(access: ServiceAccess, signed: LoggedSignature): Promise<LogEntry> {
  const { content, certificate, key } = signed;
  const isMessage = content.kind === 'message';
  const signature = isMessage ? content.signature : content.envelope.signatures[0]?.signature;
  const digest = isMessage ? content.digest?.value : digestOf(content.envelope, key);
  const holder =
    certificate === undefined
      ? { publicKey: { rawBytes: key.spki.toString('base64') } }
      : { x509Certificate: { rawBytes: certificate.toString('base64') } };
  const hashedRekordRequestV002 = {
    digest: digest?.toString('base64'),
    signature: { content: signature?.toString('base64'), verifier: { keyDetails: keyDetails(key), ...holder } },
  };
  const body = toJsonBody({ hashedRekordRequestV002 });
  const reply = await ask(access, { service, path: '/api/v2/log/entries', contentType: 'application/json', body });
  return readReply(service, reply, readEntry);
}

function digestOf({ payloadType, payload }: DsseEnvelope, key: PublicKey): Buffer {
  return createHash(hashOfKind(key.kind)).update(preAuthEncoding(payloadType, payload)).digest();
}

function readEntry(fields: ProtoFields): LogEntry {
  try {
    return readLogEntry(fields);
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: error.message } });
  }
}

/** The log has another entry under a number than the bundle says. */
export function logEntryChanged(index: number): Error {
  const reason = `its entry ${index} is another than the one in the bundle`;
  return trustError('TRUST_SERVICE_INVALID', { data: { service, reason } });
}
