/** Fields by lower-case name, each with its values in order. */
export type Headers = ReadonlyMap<string, readonly string[]>;

const field = /^([!#$%&'*+.^_`|~\w-]+):(.*)$/;

/**
 * Reads the fields of core metadata, written as e-mail headers (packaging.python.org, "Core metadata
 * specifications"; RFC 5322 2.2). They end at an empty line, or at one that is no field.
 */
export function parseHeaders(text: string): Headers {
  const headers = new Map<string, string[]>();
  let value: string[] | undefined;
  for (const line of linesOf(text)) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) {
      if (value === undefined) break;
      value.push(`${value.pop()} ${line.trim()}`);
      continue;
    }
    const [, name, rest] = field.exec(line) ?? [];
    if (name === undefined || rest === undefined) break;
    value = headers.get(name.toLowerCase()) ?? [];
    value.push(rest.trim());
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

/** The description below the fields may be long; it is not cut into lines. */
function* linesOf(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
}
