import { policyError } from '../errors.ts';
import { isObject, type Json, type JsonObject, mapTexts } from './json.ts';

const maxItems = 10_000;

/** Reads the fields of an object of a policy; every method throws POLICY_INVALID, naming the place, for another type. */
export class Fields {
  readonly value: JsonObject;
  readonly path: string;
  readonly #policy: string;

  constructor(value: unknown, policy: string, path = '') {
    this.#policy = policy;
    this.path = path;
    if (!isObject(value)) throw this.invalid('', 'is not an object');
    this.value = value;
  }

  /** An error about a field; without a name about the object. */
  invalid(name: string, reason: string): Error {
    return policyError('POLICY_INVALID', { data: { policy: this.#policy, at: this.at(name) || 'it', reason } });
  }

  at(name: string): string {
    return [this.path, name].filter((part) => part !== '').join('.');
  }

  raw(name: string): Json | undefined {
    return Object.hasOwn(this.value, name) ? (this.value[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.invalid(name, 'is not a text');
  }

  /** A text that is neither missing nor empty. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw this.invalid(name, 'is missing');
    return value;
  }

  boolean(name: string, otherwise: boolean): boolean {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'boolean') return value ?? otherwise;
    throw this.invalid(name, 'is neither true nor false');
  }

  integer(name: string, minimum: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= minimum)) return value as number;
    throw this.invalid(name, `is not a number from ${minimum}`);
  }

  /** One of the words, whatever their case. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw this.invalid(name, `is none of ${words.join(', ')}`);
    return found;
  }

  texts(name: string): string[] {
    return this.list(name).map((item, index) => {
      if (typeof item === 'string') return item;
      throw this.invalid(`${name}[${index}]`, 'is not a text');
    });
  }

  /** Names and texts. */
  textMap(name: string): Record<string, string> {
    const fields = this.fields(name);
    const entries = Object.keys(fields?.value ?? {}).map((key): [string, string] => [key, fields?.text(key) ?? '']);
    return Object.fromEntries(entries);
  }

  fields(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.raw(name), this.#policy, this.at(name)) : undefined;
  }

  items(name: string): Fields[] {
    return this.list(name).map((item, index) => new Fields(item, this.#policy, this.at(`${name}[${index}]`)));
  }

  list(name: string): readonly Json[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.invalid(name, 'is not a list');
    if (value.length > maxItems) throw this.invalid(name, `has more than ${maxItems} items`);
    return value;
  }

  /** Exactly one of the names must be there. */
  oneOf<T extends string>(...names: readonly T[]): T {
    const there = names.filter((name) => this.has(name));
    const [only] = there;
    if (only !== undefined && there.length === 1) return only;
    throw this.invalid('', `must have exactly one of ${names.join(', ')}`);
  }

  /** The same object with one field in place of another. */
  with(name: string, value: Json): Fields {
    return new Fields({ ...this.value, [name]: value }, this.#policy, this.path);
  }

  /** The same object with every text in it changed. */
  withTexts(change: (text: string) => string): Fields {
    return new Fields(mapTexts(this.value, change), this.#policy, this.path);
  }

  /** Names of fields that are none of these. */
  others(...known: readonly string[]): string[] {
    return Object.keys(this.value).filter((name) => !known.includes(name));
  }

  /** An error about a key or certificate of this policy. */
  keyError(name: string, text: string, reason: string): Error {
    const data = { policy: this.#policy, at: this.at(name), reason };
    const isPlaceholder = /-----\s*\.\.\.\s*-----/.test(text) || text.trim() === '...';
    return policyError(isPlaceholder ? 'POLICY_KEY_PLACEHOLDER' : 'POLICY_KEY_INVALID', { data });
  }
}
