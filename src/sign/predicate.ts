import { isAppError } from '../core/index.ts';
import { formatStatement, predicateTypeOf } from '../envelope/index.ts';
import { parseBoundedJson } from '../kit/proto-json.ts';
import { signError } from './errors.ts';

/** What a statement is made of. */
export interface StatementRequest {
  /** A word of cosign's for a type of predicate, or its address. */
  readonly type: string;
  /** What the file of the predicate holds. */
  readonly predicate: Uint8Array;
  /** What the statement is about: a name, and SHA-256 in hexadecimal. */
  readonly name: string;
  readonly digest: string;
  readonly time: Date;
}

const maxSize = 128 * 2 ** 20;

type Shape = (text: string, request: StatementRequest) => unknown;

/** How the file of a predicate becomes the predicate; others are an object as it is. */
const shapes: Readonly<Record<string, Shape>> = {
  custom: (Data, { time }) => ({ Data, Timestamp: `${time.toISOString().slice(0, 19)}Z` }),
  spdx: (text) => text,
  slsaprovenance: toProvenance02,
  slsaprovenance02: toProvenance02,
  slsaprovenance1: toProvenance1,
  link: toLink,
};

/** A statement of in-toto 0.1 with a predicate, as cosign makes it, in JSON. @throws SIGN_PREDICATE_INVALID */
export function makeStatement(request: StatementRequest): Buffer {
  const { type, predicate, name, digest } = request;
  const text = Buffer.from(predicate).toString('utf8');
  const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  const statement = formatStatement({
    type: 'https://in-toto.io/Statement/v0.1',
    subjects: [{ name, digest: { sha256: digest }, annotations: {} }],
    predicateType: predicateTypeOf(type) ?? type,
    predicate: (shape ?? toObject)(text, request),
  });
  return Buffer.from(statement);
}

type JsonObject = Record<string, unknown>;

function toObject(text: string, { type }: StatementRequest): JsonObject {
  const value = parse(text, type);
  if (!isObject(value)) throw invalid(type, 'it is not an object');
  return value;
}

function parse(text: string, type: string): unknown {
  try {
    return parseBoundedJson(text, maxSize);
  } catch (error) {
    if (isAppError(error)) throw invalid(type, error.message);
    throw error;
  }
}

/** Provenance of SLSA 0.2: builder, buildType and materials are of the kinds that it states. */
function toProvenance02(text: string, request: StatementRequest): JsonObject {
  const predicate = toObject(text, request);
  assertKinds(predicate, { builder: 'object', buildType: 'string', invocation: 'object', metadata: 'object' }, request);
  const { materials } = predicate;
  if (materials !== undefined && !Array.isArray(materials)) throw invalid(request.type, 'materials is not a list');
  return predicate;
}

/** Provenance of SLSA 1; a field that once had another spelling gets its name of today. */
function toProvenance1(text: string, request: StatementRequest): JsonObject {
  const predicate = toObject(text, request);
  assertKinds(predicate, { buildDefinition: 'object', runDetails: 'object' }, request);
  const { runDetails } = predicate;
  if (!isObject(runDetails) || !isObject(runDetails['metadata'])) return predicate;
  const { invocationID, ...metadata } = runDetails['metadata'];
  if (invocationID === undefined) return predicate;
  return { ...predicate, runDetails: { ...runDetails, metadata: { ...metadata, invocationId: invocationID } } };
}

const linkFields = ['_type', 'name', 'materials', 'products', 'byproducts', 'command', 'environment'];

function toLink(text: string, request: StatementRequest): JsonObject {
  const predicate = toObject(text, request);
  const missing = linkFields.find((field) => !Object.hasOwn(predicate, field));
  if (missing !== undefined) throw invalid(request.type, `required field ${missing} missing`);
  return predicate;
}

function assertKinds(
  predicate: JsonObject,
  kinds: Readonly<Record<string, 'object' | 'string'>>,
  { type }: StatementRequest,
): void {
  for (const [field, kind] of Object.entries(kinds)) {
    const value = predicate[field];
    if (value === undefined || value === null) continue;
    const fits = kind === 'object' ? isObject(value) : typeof value === 'string';
    if (!fits) throw invalid(type, `${field} is not ${kind === 'object' ? 'an object' : 'text'}`);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(type: string, reason: string): Error {
  return signError('SIGN_PREDICATE_INVALID', { data: { type, reason } });
}
