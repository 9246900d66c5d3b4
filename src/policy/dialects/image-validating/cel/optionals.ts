/** Blanks and comments, and then a text, a name, a number, or one or two signs. */
const token =
  /((?:\s|\/\/[^\n]*)*)([rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[A-Za-z_]\w*|\d[\w.]*|\.\?|\[\?|[\s\S]|$)/y;

interface Token {
  readonly blank: string;
  readonly sign: string;
}

/**
 * An expression with `a.?b` and `a[?b]` written as calls of `optionalAt`, which the parser does not know otherwise; selections
 * that follow one are optional too, until a method is called (cel-spec, "Optional Values").
 */
export function withoutOptionalSyntax(text: string): string {
  return /\.\?|\[\?/.test(text) ? new Rewriter(tokensOf(text)).write() : text;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const [, blank = '', sign = ''] = token.exec(text) ?? [text.slice(token.lastIndex)];
    tokens.push({ blank, sign });
    if (sign === '') break;
  }
  return tokens;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

class Rewriter {
  readonly #tokens: readonly Token[];
  /** What closes each bracket that is open, and whether it is an index of a value that may be missing. */
  readonly #open: { readonly close: string; readonly isOptional: boolean }[] = [];
  /** Whether the value before the token may be missing. */
  #isOptional = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  write(): string {
    return this.#tokens.map(({ blank, sign }, index) => blank + this.#next(sign, index)).join('');
  }

  #next(sign: string, index: number): string {
    switch (sign) {
      case '.?':
      case '.':
        return this.#select(sign, index);
      case '[?':
      case '(':
      case '[':
      case '{':
        return this.#openBracket(sign);
      case ')':
      case ']':
      case '}':
        return this.#closeBracket(sign);
      default:
        return this.#named(sign, index);
    }
  }

  /** A method is called on the whole; a field is looked up within. */
  #select(sign: string, index: number): string {
    const isField = this.#signAt(index + 2) !== '(';
    this.#isOptional = isField && (sign === '.?' || this.#isOptional);
    return this.#isOptional ? '.optionalAt("' : '.';
  }

  #named(sign: string, index: number): string {
    const isSelected = this.#isOptional && ['.', '.?'].includes(this.#signAt(index - 1));
    this.#isOptional = isSelected;
    return isSelected ? `${sign}")` : sign;
  }

  #openBracket(sign: string): string {
    const isOptional = sign === '[?' || (sign === '[' && this.#isOptional);
    this.#open.push({ isOptional, close: isOptional ? ')' : (closing[sign] ?? sign) });
    this.#isOptional = false;
    return isOptional ? '.optionalAt(' : sign;
  }

  #closeBracket(sign: string): string {
    const { close, isOptional } = this.#open.pop() ?? { close: sign, isOptional: false };
    this.#isOptional = isOptional;
    return close;
  }

  #signAt(index: number): string {
    return this.#tokens[index]?.sign ?? '';
  }
}
