import { codecError } from '../codecs/errors.ts';

/** Characters of all ids that the packages of one database name; far above what real systems have. */
const maxCharacters = 2 ** 26;

/**
 * Replaces names that packages of one database depend on by the ids of packages that have or provide these names. One
 * long id may be named by very many packages, so that the ids are counted.
 */
export class Dependencies {
  readonly #format: string;
  readonly #providers: ReadonlyMap<string, string>;
  #characters = 0;

  constructor(format: string, providers: ReadonlyMap<string, string>) {
    this.#format = format;
    this.#providers = providers;
  }

  /** Ids in order, each once; names that nobody provides have none. @throws CODEC_LIMIT */
  resolve(names: readonly string[]): string[] {
    const ids = new Set<string>();
    for (const name of names) {
      const id = this.#providers.get(name);
      if (id === undefined || ids.has(id)) continue;
      ids.add(id);
      this.#characters += id.length;
      if (this.#characters > maxCharacters) throw this.#overLimit();
    }
    return [...ids].sort();
  }

  #overLimit(): Error {
    const limit = `${maxCharacters} characters of dependencies`;
    return codecError('CODEC_LIMIT', { data: { format: this.#format, limit } });
  }
}
