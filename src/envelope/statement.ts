import { ProtoFields, parseBoundedJson } from '../kit/proto-json.ts';
import { type DsseEnvelope, inTotoPayloadType } from './dsse.ts';
import { envelopeError } from './errors.ts';

/** A claim about artifacts: in-toto's Statement of version 0.1 or 1. */
export interface Statement {
  readonly type: StatementType;
  readonly subjects: readonly Subject[];
  readonly predicateType: string;
  /** As JSON has it; undefined when the statement has none. */
  readonly predicate: unknown;
}

export interface Subject {
  readonly name?: string;
  /** Digests in lower-case hexadecimal by the name of the algorithm, for example `sha256`. */
  readonly digest: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

export const statementTypes = ['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1'] as const;

export type StatementType = (typeof statementTypes)[number];

const maxSize = 128 * 2 ** 20;
/** The bounds that cosign has too. */
const maxSubjects = 1024;
const maxDigests = 32;
const maxAnnotations = 1024;

/** The statement that an envelope signs. @throws ENVELOPE_STATEMENT_INVALID, KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function statementOf(envelope: DsseEnvelope): Statement {
  if (envelope.payloadType !== inTotoPayloadType) throw invalid(`the envelope has the type "${envelope.payloadType}"`);
  return parseStatement(envelope.payload);
}

/** Reads a statement from JSON. @throws ENVELOPE_STATEMENT_INVALID, KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function parseStatement(json: Uint8Array): Statement {
  const fields = new ProtoFields(parseBoundedJson(json, maxSize));
  const type = statementTypes.find((known) => known === fields.text('_type'));
  if (type === undefined) throw invalid(`its type is "${fields.text('_type') ?? ''}"`);
  const predicateType = fields.text('predicateType') ?? '';
  if (predicateType === '') throw invalid('it has no type of predicate');
  const subjects = fields.list('subject', maxSubjects).map(readSubject);
  if (subjects.length === 0) throw invalid('it has no subject');
  return { type, subjects, predicateType, predicate: fields.raw('predicate') };
}

/** A statement as JSON in one line, fields in the order of statement.proto. */
export function formatStatement({ type, subjects, predicateType, predicate }: Statement): string {
  const subject = subjects.map(({ name, digest, annotations }) => ({
    ...(name !== undefined && { name }),
    digest,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }));
  return JSON.stringify({ _type: type, subject, predicateType, predicate });
}

function readSubject(fields: ProtoFields): Subject {
  const name = fields.text('name');
  const annotations = readMap(fields, 'annotations', maxAnnotations);
  const digest = readMap(fields, 'digest', maxDigests).map(([algorithm, value]): [string, string] => {
    if (typeof value !== 'string') throw invalid(`a digest ${algorithm} is no text`);
    return [algorithm, value.toLowerCase()];
  });
  return {
    ...(name !== undefined && { name }),
    digest: Object.fromEntries(digest),
    annotations: Object.fromEntries(annotations),
  };
}

function readMap(fields: ProtoFields, name: string, limit: number): [string, unknown][] {
  const value = fields.raw(name) ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${fields.at(name)} is not an object`);
  const entries = Object.entries(value);
  if (entries.length > limit) throw invalid(`${fields.at(name)} has more than ${limit} entries`);
  return entries;
}

function invalid(reason: string): Error {
  return envelopeError('ENVELOPE_STATEMENT_INVALID', { data: { reason } });
}
