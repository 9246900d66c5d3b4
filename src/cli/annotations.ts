import { cliError } from './errors.ts';

/** Annotations by their names, from texts such as `NAME=VALUE`. @throws CLI_ANNOTATION_INVALID */
export function toAnnotations(texts: readonly string[] = []): Record<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw cliError('CLI_ANNOTATION_INVALID', { data: { text } });
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}
