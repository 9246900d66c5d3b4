/** Members of a mapping of unknown shape; what has another type than is asked for is not there. */
export class Entries {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly invalid: (reason: string) => Error;

  /** @throws what `invalid` makes when the value is no mapping */
  constructor(value: unknown, invalid: (reason: string) => Error) {
    if (!isMapping(value)) throw invalid('it is no mapping');
    this.#value = value;
    this.invalid = invalid;
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? (this.#value[name] ?? undefined) : undefined;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
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
      .filter(isMapping)
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

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
