import type { AppError } from '../../core/index.ts';
import { readTokens, type Token } from './lexer.ts';
import { type Source, syntaxError } from './position.ts';

/** Levels of blocks and parentheses. */
const maxDepth = 200;

/** The tokens of a template, one after the other. */
export class Cursor {
  readonly source: Source;
  readonly #tokens: Iterator<Token, void, undefined>;
  #next: Token;
  #depth = 0;

  constructor(source: Source) {
    this.source = source;
    this.#tokens = readTokens(source);
    this.#next = this.#read();
  }

  get next(): Token {
    return this.#next;
  }

  take(): Token {
    const token = this.#next;
    this.#next = this.#read();
    return token;
  }

  /** Takes the next token when it is of that kind, and of that text when one is given. */
  accept(kind: Token['kind'], text?: string): Token | undefined {
    return this.#next.kind === kind && (text === undefined || this.#next.text === text) ? this.take() : undefined;
  }

  expect(kind: Token['kind'], what: string): Token {
    return this.accept(kind) ?? this.fail(`expected ${what}, found ${describe(this.#next)}`);
  }

  skipSpace(): void {
    this.accept('space');
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > maxDepth) this.fail(`more than ${maxDepth} levels deep`);
    const value = read();
    this.#depth--;
    return value;
  }

  fail(reason: string, at: number = this.#next.at): never {
    throw this.error(reason, at);
  }

  error(reason: string, at: number): AppError {
    return syntaxError(this.source, at, reason);
  }

  #read(): Token {
    const { done, value } = this.#tokens.next();
    return done === true ? { kind: 'end', text: '', at: this.source.text.length } : value;
  }
}

export function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the template';
  return token.kind === 'space' ? 'a space' : JSON.stringify(token.text);
}
