import { kitError } from './errors.ts';
import { toBuffer } from './text.ts';

const maxDepth = 64;

/** Parses JSON of at most `limit` bytes whose values nest at most 64 deep. @throws KIT_JSON_INVALID, KIT_TEXT_TOO_LONG */
export function parseBoundedJson(input: Uint8Array | string, limit: number): unknown {
  const size = input.length;
  if (size > limit) throw kitError('KIT_TEXT_TOO_LONG', { data: { size, limit } });
  const text = typeof input === 'string' ? input : toBuffer(input).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    assertDepth(value, maxDepth);
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalid('', 'it is not JSON');
    throw cause;
  }
}

function assertDepth(value: unknown, left: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) throw invalid('', `its values nest more than ${maxDepth} deep`);
  for (const item of Object.values(value)) assertDepth(item, left - 1);
}

/**
 * Reads the fields of a JSON object that stands for a protocol buffer (ProtoJSON): names in camel or snake case, bytes
 * as base64 of either alphabet, 64-bit integers as text or number, `null` for what is not set.
 * Every method throws KIT_JSON_INVALID, naming the field, for a value of another kind.
 */
export class ProtoFields {
  readonly path: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown, path = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'it is not an object');
    this.path = path;
    this.#fields = value as Record<string, unknown>;
  }

  /** Refuses fields that are not among `known`, named in camel case. */
  only(...known: readonly string[]): this {
    const names = new Set(known.flatMap((name) => [name, toSnakeCase(name)]));
    const other = Object.keys(this.#fields).find((name) => !names.has(name));
    if (other !== undefined) throw invalid(this.at(other), 'there is no such field');
    return this;
  }

  /** The name of a field with those of what it stands in. */
  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** The value as JSON has it, undefined when not set. */
  raw(name: string): unknown {
    const value = this.#own(name) ?? this.#own(toSnakeCase(name));
    return value ?? undefined;
  }

  /** Names of all fields, in their order. */
  names(): string[] {
    return Object.keys(this.#fields);
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value !== undefined && typeof value !== 'string') throw invalid(this.at(name), 'it is not a text');
    return value;
  }

  bytes(name: string): Buffer | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const bytes = decodeBase64(text);
    if (bytes === undefined) throw invalid(this.at(name), 'it is not base64');
    return bytes;
  }

  /** An integer that is not negative and fits a number without loss. */
  integer(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
      throw invalid(this.at(name), 'it is not an integer from 0 to 2^53');
    }
    return number;
  }

  time(name: string): Date | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? new Date(text) : new Date(Number.NaN);
    if (Number.isNaN(time.getTime())) throw invalid(this.at(name), 'it is not a time of RFC 3339');
    return time;
  }

  fields(name: string): ProtoFields | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : new ProtoFields(value, this.at(name));
  }

  /** The items of an array of at most `limit` objects; none when not set. */
  list(name: string, limit: number): ProtoFields[] {
    return this.#array(name, limit).map((item, index) => new ProtoFields(item, `${this.at(name)}[${index}]`));
  }

  /** The items of an array of at most `limit` byte strings. */
  bytesList(name: string, limit: number): Buffer[] {
    return this.#array(name, limit).map((item, index) => {
      const bytes = typeof item === 'string' ? decodeBase64(item) : undefined;
      if (bytes === undefined) throw invalid(`${this.at(name)}[${index}]`, 'it is not base64');
      return bytes;
    });
  }

  /** A value that must be set. */
  require<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw invalid(this.at(name), 'it is missing');
    return value;
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  #array(name: string, limit: number): unknown[] {
    const value = this.raw(name) ?? [];
    if (!Array.isArray(value)) throw invalid(this.at(name), 'it is not an array');
    if (value.length > limit) throw invalid(this.at(name), `it has more than ${limit} items`);
    return value;
  }
}

/** The bytes of base64 of either alphabet, padded or not, in lines or not (RFC 4648); undefined for other text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bare = text.replace(/[\r\n]+/g, '').replace(/={0,2}$/, '');
  if (!/^[A-Za-z0-9+/_-]*$/.test(bare) || bare.length % 4 === 1) return undefined;
  return Buffer.from(bare, 'base64');
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function invalid(path: string, reason: string): Error {
  return kitError('KIT_JSON_INVALID', { data: { what: path === '' ? 'The document' : `Its field ${path}`, reason } });
}
