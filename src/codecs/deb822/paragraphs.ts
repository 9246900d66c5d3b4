import type { AppError, ByteSource } from '../../core/index.ts';
import { readLines } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/** Fields of one paragraph by name in lower case; lines of one value are joined by a space. */
export type Paragraph = ReadonlyMap<string, string>;

/** Characters of one value. */
const maxValueLength = 2 ** 20;
const space = 0x20;
const tab = 0x09;
const hash = 0x23;
const colon = 0x3a;

/**
 * Reads the paragraphs of a control file one by one, keeping the `wanted` fields, named in lower case (deb822(5)).
 * Of a field that comes twice the first counts. A damaged paragraph is left out and given to `onDamage`.
 * @throws CODEC_LIMIT, KIT_*, and what `onDamage` throws
 */
export function* readParagraphs(
  source: ByteSource,
  wanted: readonly string[],
  onDamage: (error: AppError) => void,
): Generator<Paragraph, void, undefined> {
  const reader = new ParagraphReader(new Set(wanted), onDamage);
  for (const line of readLines(source)) {
    const finished = reader.add(line);
    if (finished !== undefined) yield finished;
  }
  const last = reader.finish();
  if (last !== undefined) yield last;
}

/** Fields come in order; `damaged` lasts until the next empty line. */
type State = 'between' | 'inside' | 'damaged';

class ParagraphReader {
  readonly #wanted: ReadonlySet<string>;
  readonly #onDamage: (error: AppError) => void;
  #state: State = 'between';
  #fields: Map<string, string> = new Map();
  /** The field that continuation lines belong to; undefined for one that nobody wants. */
  #name: string | undefined;
  #lineNumber = 0;

  constructor(wanted: ReadonlySet<string>, onDamage: (error: AppError) => void) {
    this.#wanted = wanted;
    this.#onDamage = onDamage;
  }

  /** Takes one line; returns a paragraph when the line ends it. */
  add(line: Buffer): Paragraph | undefined {
    this.#lineNumber++;
    if (line.length === 0) return this.finish();
    if (this.#state === 'damaged' || line[0] === hash) return undefined;
    if (line[0] === space || line[0] === tab) this.#continue(line);
    else this.#begin(line);
    return undefined;
  }

  finish(): Paragraph | undefined {
    const fields = this.#state === 'inside' ? this.#fields : undefined;
    this.#fields = new Map();
    this.#name = undefined;
    this.#state = 'between';
    return fields;
  }

  #begin(line: Buffer): void {
    const end = line.indexOf(colon);
    const name = line.toString('latin1', 0, Math.max(end, 0));
    if (!/^[!-,.-~][!-~]*$/.test(name)) return this.#damage('a line has no field name');
    this.#state = 'inside';
    const key = name.toLowerCase();
    this.#name = this.#wanted.has(key) && !this.#fields.has(key) ? key : undefined;
    if (this.#name !== undefined) this.#fields.set(key, line.toString('utf8', end + 1).trim());
  }

  #continue(line: Buffer): void {
    if (this.#state === 'between') return this.#damage('a continuation line follows no field');
    if (this.#name === undefined) return;
    const value = `${this.#fields.get(this.#name) ?? ''} ${line.toString('utf8').trim()}`;
    if (value.length > maxValueLength) {
      throw codecError('CODEC_LIMIT', { data: { format: 'deb822', limit: `${maxValueLength} characters in a field` } });
    }
    this.#fields.set(this.#name, value);
  }

  #damage(reason: string): void {
    this.#state = 'damaged';
    this.#onDamage(codecError('CODEC_DEB822_INVALID', { data: { line: this.#lineNumber, reason } }));
  }
}
