import { Cursor, describe } from './cursor.ts';
import type { Branch, Node, Pipeline } from './nodes.ts';
import { type PipelineContext, parsePipeline } from './parse-pipeline.ts';
import type { Source } from './position.ts';
import { Scope } from './scope.ts';

/** Characters of a template. */
const maxLength = 2 ** 22;

/** What a template consists of, and the text that its places are of. */
export interface Definition {
  readonly source: Source;
  readonly nodes: readonly Node[];
}

/** A template and those that it defines, by name; the main one has the name of the source. */
export type ParsedTemplates = ReadonlyMap<string, Definition>;

/** Parses a template (Go's text/template, without methods). @throws CODEC_TEMPLATE_INVALID */
export function parseNodes(source: Source, isFunction: (name: string) => boolean): ParsedTemplates {
  const cursor = new Cursor(source);
  if (source.text.length > maxLength) cursor.fail(`longer than ${maxLength} characters`, 0);
  const parser = new Parser(cursor, isFunction);
  const nodes = parser.parseBlock(undefined);
  const all = [...parser.defined, [source.name, nodes.body] as const];
  return new Map(all.map(([name, body]) => [name, { source, nodes: body }]));
}

interface Block {
  readonly body: readonly Node[];
  /** The word that ended it; undefined at the end of the text. */
  readonly end: 'end' | 'else' | undefined;
}

class Parser {
  readonly defined: Map<string, readonly Node[]> = new Map();
  readonly #cursor: Cursor;
  readonly #isFunction: (name: string) => boolean;
  #scope: Scope = new Scope();
  #ranges = 0;

  constructor(cursor: Cursor, isFunction: (name: string) => boolean) {
    this.#cursor = cursor;
    this.#isFunction = isFunction;
  }

  /** Reads to the end of the text, or of the block that `opened` is the place of. */
  parseBlock(opened: number | undefined): Block {
    const body: Node[] = [];
    for (;;) {
      this.#takeText(body);
      if (this.#cursor.next.kind === 'end') {
        if (opened !== undefined) this.#cursor.fail('the block does not end', opened);
        return { body, end: undefined };
      }
      const { at } = this.#cursor.expect('open', 'an action');
      this.#cursor.skipSpace();
      const word = this.#keyword();
      if (word === 'end' || word === 'else') {
        if (opened === undefined) this.#cursor.fail(`unexpected ${word}`, at);
        return { body, end: word };
      }
      const node = this.#parseAction(word, at);
      if (node !== undefined) body.push(node);
    }
  }

  #takeText(body: Node[]): void {
    for (let token = this.#cursor.accept('text'); token !== undefined; token = this.#cursor.accept('text')) {
      body.push({ kind: 'text', text: token.text, at: token.at });
    }
  }

  #keyword(): string | undefined {
    const { kind, text } = this.#cursor.next;
    return kind === 'word' && keywords.has(text) ? this.#cursor.take().text : undefined;
  }

  #parseAction(word: string | undefined, at: number): Node | undefined {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.#parseBranch(word, at);
      case 'define':
        return this.#parseDefine(at);
      case 'block':
        return this.#parseNamed(at, true);
      case 'template':
        return this.#parseNamed(at, false);
      case 'break':
      case 'continue':
        if (this.#ranges === 0) this.#cursor.fail(`${word} outside of a range`, at);
        this.#close();
        return { kind: word, at };
      default: {
        const pipeline = this.#parsePipeline(1);
        this.#close();
        return { kind: 'action', pipeline, at };
      }
    }
  }

  #parseBranch(kind: Branch['kind'], at: number): Branch {
    return this.#cursor.nested(() =>
      this.#scope.inside(() => {
        const pipeline = this.#parsePipeline(kind === 'range' ? 2 : 1);
        this.#close();
        if (kind === 'range') this.#ranges++;
        const { body, end } = this.#scope.inside(() => this.parseBlock(at));
        if (kind === 'range') this.#ranges--;
        return { kind, pipeline, body, otherwise: end === 'else' ? this.#parseElse(kind, at) : this.#none(), at };
      }),
    );
  }

  /** Behind `else`: its own block, or one more condition that shares the `end`. */
  #parseElse(kind: Branch['kind'], at: number): readonly Node[] {
    this.#cursor.skipSpace();
    if (kind !== 'range' && this.#cursor.accept('word', kind)) return [this.#parseBranch(kind, at)];
    this.#close();
    const { body, end } = this.#scope.inside(() => this.parseBlock(at));
    if (end === 'else') this.#cursor.fail('expected end, found else');
    return [...body, ...this.#none()];
  }

  /** Takes the rest of `{{end}}`; nothing follows. */
  #none(): readonly Node[] {
    this.#close();
    return [];
  }

  #parseDefine(at: number): undefined {
    const name = this.#parseName();
    this.#close();
    this.#define(name, at);
    return undefined;
  }

  /** A definition sees no variable of what is around it. */
  #define(name: string, at: number): void {
    const { body, end } = this.#cursor.nested(() => this.#apart(() => this.parseBlock(at)));
    if (end !== 'end') this.#cursor.fail('expected end, found else');
    this.#close();
    this.defined.set(name, body);
  }

  #apart<T>(read: () => T): T {
    const [scope, ranges] = [this.#scope, this.#ranges];
    this.#scope = new Scope();
    this.#ranges = 0;
    const value = read();
    this.#scope = scope;
    this.#ranges = ranges;
    return value;
  }

  #parseNamed(at: number, defines: boolean): Node {
    const name = this.#parseName();
    const hasPipeline = defines || this.#cursor.next.kind !== 'close';
    const pipeline = hasPipeline ? this.#parsePipeline(1) : undefined;
    this.#close();
    if (defines) this.#define(name, at);
    return { kind: 'template', name, ...(pipeline && { pipeline }), at };
  }

  #parseName(): string {
    this.#cursor.skipSpace();
    const { value, at } = this.#cursor.expect('literal', 'the name of a template in quotes');
    if (typeof value !== 'string') this.#cursor.fail('the name of a template is a string', at);
    this.#cursor.skipSpace();
    return value as string;
  }

  #parsePipeline(maxVariables: 1 | 2): Pipeline {
    const context: PipelineContext = { cursor: this.#cursor, scope: this.#scope, isFunction: this.#isFunction };
    return parsePipeline(context, maxVariables);
  }

  #close(): void {
    this.#cursor.skipSpace();
    if (!this.#cursor.accept('close')) this.#cursor.fail(`unexpected ${describe(this.#cursor.next)}`);
  }
}

const keywords: ReadonlySet<string> = new Set('block break continue define else end if range template with'.split(' '));
