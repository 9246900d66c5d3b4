import { isObject, type Json, textOf } from '../kit/json-value.ts';

/** Members of a mapping of unknown shape; what has another type than is asked for is not there. */
export class Entries {
  readonly #value: Json;
  readonly invalid: (reason: string) => Error;

  /** @throws what `invalid` makes when the value is no mapping */
  constructor(value: unknown, invalid: (reason: string) => Error) {
    if (!isObject(value)) throw invalid('it is no mapping');
    this.#value = value;
    this.invalid = invalid;
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? (this.#value[name] ?? undefined) : undefined;
  }

  text(name: string): string | undefined {
    return textOf(this.raw(name));
  }

  texts(name: string): string[] {
    return this.#list(name).filter((item) => typeof item === 'string');
  }

  /** An empty mapping when there is none. */
  entries(name: string): Entries {
    return new Entries(this.raw(name) ?? {}, this.invalid);
  }

  items(name: string): Entries[] {
    return this.#list(name)
      .filter(isObject)
      .map((item) => new Entries(item, this.invalid));
  }

  /** The item of a list that has this name. @throws what `invalid` makes when there is none */
  named(list: string, name: string): Entries {
    const found = this.items(list).find((item) => item.text('name') === name);
    if (found === undefined) throw this.invalid(`it has no "${name}" among its ${list}`);
    return found;
  }

  #list(name: string): readonly unknown[] {
    const value = this.raw(name);
    return Array.isArray(value) ? value : [];
  }
}
