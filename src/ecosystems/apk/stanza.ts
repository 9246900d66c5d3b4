import { codecError } from '../../codecs/errors.ts';
import type { AppError, ByteSource } from '../../core/index.ts';
import { readLines } from '../../kit/text.ts';
import { ecosystemError } from '../errors.ts';

/** One package as the database writes it: lines `X:value`, an empty line after each package (apk-package(5)). */
export interface Stanza {
  readonly name: string;
  readonly version: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

const colon = 0x3a;
/** Characters of all paths together: a directory is written once and stands in the path of each of its files. */
const maxPathCharacters = 2 ** 26;

/** Reads the packages of an installed database; a damaged one is left out and given to `onDamage`. @throws CODEC_LIMIT, KIT_* */
export function* readStanzas(
  source: ByteSource,
  onDamage: (error: AppError) => void,
): Generator<Stanza, void, undefined> {
  const reader = new StanzaReader(onDamage);
  for (const line of readLines(source)) {
    if (line.length > 0) reader.add(line);
    else yield* reader.finish();
  }
  yield* reader.finish();
}

class StanzaReader {
  readonly #onDamage: (error: AppError) => void;
  #fields: Map<string, string> = new Map();
  #files: string[] = [];
  #directory = '';
  /** What is wrong with the package. */
  #reason: string | undefined;
  #pathCharacters = 0;

  constructor(onDamage: (error: AppError) => void) {
    this.#onDamage = onDamage;
  }

  add(line: Buffer): void {
    if (line[1] !== colon) {
      this.#reason = 'a line has no key';
      return;
    }
    const key = String.fromCharCode(line[0] ?? 0);
    if (ignored.has(key)) return;
    const value = line.toString('utf8', 2).trimEnd();
    if (key === 'F') this.#directory = value;
    else if (key === 'R') this.#addFile(this.#directory === '' ? value : `${this.#directory}/${value}`);
    else this.#set(key, value);
  }

  /** The package whose lines have been added, if any. */
  finish(): Stanza[] {
    const [fields, files, reason] = [this.#fields, this.#files, this.#reason];
    this.#fields = new Map();
    this.#files = [];
    this.#directory = '';
    this.#reason = undefined;
    if (fields.size === 0 && files.length === 0 && reason === undefined) return [];
    const [name, version] = [fields.get('P'), fields.get('V')];
    if (name && version && reason === undefined) return [{ name, version, fields, files }];
    const data = { format: 'apk', reason: reason ?? 'a package lacks its name or version' };
    this.#onDamage(ecosystemError('PACKAGE_DATABASE_INVALID', { data }));
    return [];
  }

  #addFile(path: string): void {
    this.#pathCharacters += path.length;
    if (this.#pathCharacters > maxPathCharacters) {
      throw codecError('CODEC_LIMIT', { data: { format: 'apk', limit: `${maxPathCharacters} characters of paths` } });
    }
    this.#files.push(path);
  }

  /** Of most keys the first counts; two names mean that the line between two packages is lost. */
  #set(key: string, value: string): void {
    if (!this.#fields.has(key)) this.#fields.set(key, value);
    else if (key === 'P') this.#reason = 'two packages share one paragraph';
  }
}

/** Checksums, owners and modes of files, and the description: most of a database, of no use here. */
const ignored: ReadonlySet<string> = new Set(['Z', 'a', 'M', 'T']);
