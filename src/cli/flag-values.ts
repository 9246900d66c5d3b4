import { cliError } from './errors.ts';

/** Values of flags as crane reads them, which takes commas for separators as CSV (RFC 4180) has them. */

/** What a list flag says, whether repeated or with commas. @throws CLI_USAGE */
export function readListFlag(texts: readonly string[], command: string): string[] {
  return texts.flatMap((text) => readRecord(text, command));
}

/** What `NAME=VALUE` flags say; commas separate pairs only where there are several. @throws CLI_USAGE */
export function readPairsFlag(texts: readonly string[], command: string): Map<string, string> {
  const pairs = texts.flatMap((text) =>
    text.split('=').length > 2 ? readRecord(text, command) : [text.replace(/^"+|"+$/g, '')],
  );
  return new Map(pairs.map((pair) => readPair(pair, command)));
}

/** One `NAME=VALUE`. @throws CLI_USAGE */
export function readPair(text: string, command: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 0) throw wrong(`"${text}" must be formatted as key=value`, command);
  return [text.slice(0, at), text.slice(at + 1)];
}

const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;

/** The first line of CSV that is not empty. */
function readRecord(text: string, command: string): string[] {
  const line = text.replace(/\r\n/g, '\n').replace(/^\n+/, '');
  const fields: string[] = [];
  if (line === '') return fields;
  field.lastIndex = 0;
  for (;;) {
    const found = field.exec(line);
    if (found === null) throw wrong(`"${text}" has a quote where there should be none`, command);
    const [, quoted, plain = '', end] = found;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') return fields;
  }
}

function wrong(reason: string, command: string): Error {
  return cliError('CLI_USAGE', { data: { reason, command } });
}
