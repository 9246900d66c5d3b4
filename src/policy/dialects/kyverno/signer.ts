import { readClaims } from '../../model/claims.ts';
import type { Fields } from '../../model/fields.ts';
import type { SignerRule, TextPattern } from '../../model/policy.ts';
import { compilePattern } from '../../patterns/regexp.ts';

/** Whom a keyless entry accepts: subject or subject pattern, and both forms of issuer. @throws POLICY_INVALID, POLICY_PATTERN_INVALID */
export function readSigner(fields: Fields): SignerRule {
  const names = patterns(fields, 'subject', 'subjectRegExp');
  const issuers = patterns(fields, 'issuer', 'issuerRegExp');
  const words = (all: readonly TextPattern[]): string => all.map(({ text }) => text).join(' or ') || 'anyone';
  return {
    words: `${words(names)} identified by ${words(issuers)}`,
    ...(names.length > 0 && { names }),
    ...(issuers.length > 0 && { issuers }),
    claims: readClaims(fields, 'additionalExtensions'),
  };
}

function patterns(fields: Fields, plain: string, regexp: string): TextPattern[] {
  const [text, expression] = [fields.text(plain) ?? '', fields.text(regexp) ?? ''];
  if (expression !== '') compilePattern(expression);
  return [
    ...(text === '' ? [] : [{ kind: 'wildcard' as const, text }]),
    ...(expression === '' ? [] : [{ kind: 'regexp' as const, text: expression }]),
  ];
}
