import type { ByteSource } from '../../core/index.ts';
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
 * Of a field that comes twice the first counts.
 * @throws CODEC_DEB822_INVALID, CODEC_LIMIT, KIT_*
 */
export function* readParagraphs(source: ByteSource, wanted: readonly string[]): Generator<Paragraph, void, undefined> {
  const reader = new ParagraphReader(new Set(wanted));
  for (const line of readLines(source)) {
    const finished = reader.add(line);
    if (finished !== undefined) yield finished;
  }
  const last = reader.finish();
  if (last !== undefined) yield last;
}

class ParagraphReader {
  readonly #wanted: ReadonlySet<string>;
  #fields: Map<string, string> = new Map();
  /** The field that continuation lines belong to; empty for one that nobody wants. */
  #name: string | undefined;
  #lineNumber = 0;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** Takes one line; returns a paragraph when the line ends it. */
  add(line: Buffer): Paragraph | undefined {
    this.#lineNumber++;
    if (line.length === 0) return this.finish();
    if (line[0] === space || line[0] === tab) this.#continue(line);
    else if (line[0] !== hash) this.#begin(line);
    return undefined;
  }

  finish(): Paragraph | undefined {
    if (this.#name === undefined) return undefined;
    const fields = this.#fields;
    this.#fields = new Map();
    this.#name = undefined;
    return fields;
  }

  #begin(line: Buffer): void {
    const end = line.indexOf(colon);
    const name = line.toString('latin1', 0, Math.max(end, 0));
    if (!/^[!-,.-~][!-~]*$/.test(name)) throw this.#invalid('a line has no field name');
    const key = name.toLowerCase();
    this.#name = this.#wanted.has(key) && !this.#fields.has(key) ? key : '';
    if (this.#name !== '') this.#fields.set(key, line.toString('utf8', end + 1).trim());
  }

  #continue(line: Buffer): void {
    if (this.#name === undefined) throw this.#invalid('a continuation line follows no field');
    if (this.#name === '') return;
    const value = `${this.#fields.get(this.#name) ?? ''} ${line.toString('utf8').trim()}`;
    if (value.length > maxValueLength) {
      throw codecError('CODEC_LIMIT', { data: { format: 'deb822', limit: `${maxValueLength} characters in a field` } });
    }
    this.#fields.set(this.#name, value);
  }

  #invalid(reason: string): Error {
    return codecError('CODEC_DEB822_INVALID', { data: { line: this.#lineNumber, reason } });
  }
}
