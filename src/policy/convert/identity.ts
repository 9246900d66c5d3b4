import type { JsonObject } from '../model/json.ts';
import type { SignerRule, TextPattern } from '../model/policy.ts';
import { hasWildcard } from '../patterns/wildcard.ts';
import { wildcardExpression } from './patterns.ts';

/** An error about a signer. */
export type RefuseSigner = (reason: string) => Error;

/** `subject` and `subjectRegExp`, and the same of issuers, where the plain form takes wildcards. @throws POLICY_NOT_CONVERTIBLE */
export function writeWildcards(word: string, patterns: readonly TextPattern[], refuse: RefuseSigner): JsonObject {
  const entries = patterns.map(({ kind, text }): [string, string] => {
    if (kind === 'exact' && hasWildcard(text)) throw refuse('has * or ? that are no wildcards');
    return [kind === 'regexp' ? `${word}RegExp` : word, text];
  });
  if (new Set(entries.map(([key]) => key)).size < entries.length) throw refuse(`has several of ${word}`);
  return Object.fromEntries(entries);
}

/** One plain text or one expression, where the plain form takes no wildcards. @throws POLICY_NOT_CONVERTIBLE */
export function writeExact(
  word: string,
  suffix: string,
  patterns: readonly TextPattern[],
  refuse: RefuseSigner,
): JsonObject {
  const [only, ...more] = patterns;
  if (only === undefined) throw refuse(`takes any ${word}`);
  if (more.length > 0) throw refuse(`has several of ${word}`);
  if (only.kind === 'regexp') return { [`${word}${suffix}`]: only.text };
  const isPlain = only.kind === 'exact' || !hasWildcard(only.text);
  return isPlain ? { [word]: only.text } : { [`${word}${suffix}`]: wildcardExpression(only.text) };
}

/** What certificates must state, by the names that policies have for it. */
export function writeClaims({ claims = {} }: SignerRule): JsonObject | undefined {
  const entries = Object.entries(claims).map(([claim, { text }]) => [
    claim === 'issuerV1' ? 'oidcIssuer' : claim,
    text,
  ]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
