import type { ProtoFields } from '../../kit/proto-json.ts';
import { envelopeError } from '../errors.ts';
import type { InclusionProof, LogEntry } from './bundle.ts';

/** A tree of 2^63 entries has no longer proofs. */
const maxProofHashes = 64;
/** The end of the year 9999. */
const lastSecond = 253_402_300_799;

/** Reads a `TransparencyLogEntry` (sigstore_rekor.proto). @throws ENVELOPE_BUNDLE_INVALID, KIT_JSON_INVALID */
export function readLogEntry(fields: ProtoFields): LogEntry {
  fields.only(
    'logIndex',
    'logId',
    'kindVersion',
    'integratedTime',
    'inclusionPromise',
    'inclusionProof',
    'canonicalizedBody',
  );
  const kind = required(fields.fields('kindVersion')?.only('kind', 'version'), 'a log entry has no kind');
  const integratedTime = fields.integer('integratedTime') ?? 0;
  if (integratedTime > lastSecond) throw invalid('a log entry is of no time that exists');
  const promise = fields.fields('inclusionPromise')?.only('signedEntryTimestamp').bytes('signedEntryTimestamp');
  const proof = fields.fields('inclusionProof');
  return {
    logIndex: fields.integer('logIndex') ?? 0,
    logId: filled(fields.fields('logId')?.only('keyId').bytes('keyId'), 'a log entry does not say whose it is'),
    kind: kind.text('kind') ?? '',
    version: kind.text('version') ?? '',
    body: filled(fields.bytes('canonicalizedBody'), 'a log entry has no body'),
    ...(integratedTime > 0 && { integratedTime }),
    ...(promise !== undefined && promise.length > 0 && { promise }),
    ...(proof !== undefined && { proof: readProof(proof) }),
  };
}

function readProof(fields: ProtoFields): InclusionProof {
  fields.only('logIndex', 'treeSize', 'rootHash', 'hashes', 'checkpoint');
  const checkpoint = fields.fields('checkpoint')?.only('envelope').text('envelope') ?? '';
  if (checkpoint === '') throw invalid('an inclusion proof has no checkpoint');
  return {
    logIndex: fields.integer('logIndex') ?? 0,
    treeSize: fields.integer('treeSize') ?? 0,
    rootHash: fields.bytes('rootHash') ?? Buffer.alloc(0),
    hashes: fields.bytesList('hashes', maxProofHashes),
    checkpoint,
  };
}

/** The entry as ProtoJSON writes it. */
export function logEntryToJson(entry: LogEntry): Record<string, unknown> {
  const { proof, promise, integratedTime } = entry;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: entry.logId.toString('base64') },
    kindVersion: { kind: entry.kind, version: entry.version },
    ...(integratedTime !== undefined && { integratedTime: String(integratedTime) }),
    ...(promise !== undefined && { inclusionPromise: { signedEntryTimestamp: promise.toString('base64') } }),
    ...(proof !== undefined && {
      inclusionProof: {
        logIndex: String(proof.logIndex),
        rootHash: proof.rootHash.toString('base64'),
        treeSize: String(proof.treeSize),
        hashes: proof.hashes.map((hash) => hash.toString('base64')),
        checkpoint: { envelope: proof.checkpoint },
      },
    }),
    canonicalizedBody: entry.body.toString('base64'),
  };
}

function filled(bytes: Buffer | undefined, reason: string): Buffer {
  if (bytes === undefined || bytes.length === 0) throw invalid(reason);
  return bytes;
}

function required<T>(value: T | undefined, reason: string): T {
  if (value === undefined) throw invalid(reason);
  return value;
}

function invalid(reason: string): Error {
  return envelopeError('ENVELOPE_BUNDLE_INVALID', { data: { reason } });
}
