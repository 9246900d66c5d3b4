/** What `-X package.variable=value` of `go build -ldflags` sets, the last for each variable; empty when it makes no sense. */
export function linkedVariables(flags: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const words = splitWords(flags);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-X')) continue;
    const setting = word === '-X' ? (words[++index] ?? '') : word.slice(2).replace(/^=/, '');
    const pairs = splitSettings(setting);
    if (pairs === undefined) return new Map();
    for (const [key, value] of pairs) variables.set(withoutAround(key, "'"), withoutAround(value, "'"));
  }
  return variables;
}

/** One setting, or several with commas between them. */
function splitSettings(text: string): [string, string][] | undefined {
  const plain = withoutAround(text, '"');
  const parts = plain.split('=').length > 2 ? plain.split(',') : [plain];
  const pairs: [string, string][] = [];
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 0) return undefined;
    pairs.push([part.slice(0, equals), part.slice(equals + 1)]);
  }
  return pairs;
}

/** Far beyond what anybody passes to a linker. */
const maxLength = 64 * 1024;
const shellWord = /(?:[^\s"'\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const quotedPart = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs;

/** Splits as a shell does: by spaces that are not quoted. */
function splitWords(text: string): string[] {
  const words = text.slice(0, maxLength).match(shellWord) ?? [];
  return words.map((word) =>
    word.replace(quotedPart, (_, single?: string, double?: string, plain = '') => {
      return single ?? double?.replace(/\\(.)/gs, '$1') ?? plain;
    }),
  );
}

function withoutAround(text: string, char: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === char) start++;
  while (end > start && text[end - 1] === char) end--;
  return text.slice(start, end);
}
