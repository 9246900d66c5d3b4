import { createHash } from 'node:crypto';
import { isAppError } from '../../core/index.ts';
import { type BundleContent, dsseToJson, type LogEntry, preAuthEncoding, readLogEntry } from '../../envelope/index.ts';
import type { ProtoFields } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';
import { ask, readReply, type ServiceAccess, toJsonBody } from './service.ts';

/** A signature by a certificate (ECDSA on P-256) that is to be entered in a log. */
export interface LoggedSignature {
  readonly content: BundleContent;
  /** In DER. */
  readonly certificate: Buffer;
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

function proposeEntry({ content, certificate }: LoggedSignature): object {
  const pem = Buffer.from(toPem(certificate)).toString('base64');
  if (content.kind === 'dsse') {
    const envelope = JSON.stringify(dsseToJson(content.envelope));
    return { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent: { envelope, verifiers: [pem] } } };
  }
  const value = content.digest?.value.toString('hex');
  const signature = { content: content.signature.toString('base64'), publicKey: { content: pem } };
  const data = { hash: { algorithm: content.digest?.algorithm, value } };
  return { apiVersion: '0.0.1', kind: 'hashedrekord', spec: { data, signature } };
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
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
export async function enterInRekor2(
  access: ServiceAccess,
  { content, certificate }: LoggedSignature,
): Promise<LogEntry> {
  const isMessage = content.kind === 'message';
  const signature = isMessage ? content.signature : content.envelope.signatures[0]?.signature;
  const digest = isMessage ? content.digest?.value : digestOf(content.envelope);
  const verifier = {
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    x509Certificate: { rawBytes: certificate.toString('base64') },
  };
  const hashedRekordRequestV002 = {
    digest: digest?.toString('base64'),
    signature: { content: signature?.toString('base64'), verifier },
  };
  const body = toJsonBody({ hashedRekordRequestV002 });
  const reply = await ask(access, { service, path: '/api/v2/log/entries', contentType: 'application/json', body });
  return readReply(service, reply, readEntry);
}

function digestOf({ payloadType, payload }: { readonly payloadType: string; readonly payload: Buffer }): Buffer {
  return createHash('sha256').update(preAuthEncoding(payloadType, payload)).digest();
}

function readEntry(fields: ProtoFields): LogEntry {
  try {
    return readLogEntry(fields);
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: error.message } });
  }
}
