import type { Place } from './place.ts';

/** One way to log in that a server offers (RFC 9110 11.6.1); scheme and keys in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where and over what kind of connection a challenge arrived. */
export interface Challenger {
  readonly place: Place;
  readonly url: URL;
  /** True when the server has proved its name (TLS that is checked) or is this machine. */
  readonly trusted: boolean;
}

const maxLength = 8192;
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const separators = /[\s,]*/y;

/** Reads a WWW-Authenticate header; what cannot be read ends the list. */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, maxLength);
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let position = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    position = pattern.lastIndex;
    return found[1] ?? found[0];
  };
  for (;;) {
    take(separators);
    const word = take(token);
    if (word === undefined) return challenges;
    const current = challenges.at(-1);
    if (text[position] !== '=') challenges.push({ scheme: word.toLowerCase(), parameters: {} });
    else {
      position++;
      const value = take(quoted)?.replace(/\\(.)/g, '$1') ?? take(token);
      if (value === undefined || current === undefined) return challenges;
      current.parameters[word.toLowerCase()] ??= value;
    }
  }
}
