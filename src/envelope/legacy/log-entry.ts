import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import type { LogEntry } from '../bundle/bundle.ts';

const maxBodySize = 128 * 2 ** 20;

/** Reads what Rekor 1 answered in the form that cosign kept: `{SignedEntryTimestamp, Payload}`. @throws KIT_JSON_INVALID */
export function readLegacyLogEntry(fields: ProtoFields): LogEntry {
  const payload = fields.require('Payload', fields.fields('Payload'));
  const body = payload.require('body', payload.bytes('body'));
  const entry = new ProtoFields(parseBoundedJson(body, maxBodySize), payload.at('body'));
  return {
    body,
    kind: entry.text('kind') ?? '',
    version: entry.text('apiVersion') ?? '',
    logIndex: payload.integer('logIndex') ?? 0,
    logId: Buffer.from(payload.text('logID') ?? '', 'hex'),
    integratedTime: Math.min(payload.integer('integratedTime') ?? 0, lastSecond),
    promise: fields.require('SignedEntryTimestamp', fields.bytes('SignedEntryTimestamp')),
  };
}

/** Rekor's answer in the form that cosign kept. */
export function legacyLogEntryToJson({ promise, body, integratedTime, logIndex, logId }: LogEntry): object {
  return {
    SignedEntryTimestamp: promise?.toString('base64'),
    Payload: { body: body.toString('base64'), integratedTime, logIndex, logID: logId.toString('hex') },
  };
}

/** The end of the year 9999, after which there are no dates. */
const lastSecond = 253_402_300_799;
