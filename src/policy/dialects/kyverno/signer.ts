import type { Fields } from '../../model/fields.ts';
import type { SignerRule, TextPattern } from '../../model/policy.ts';
import { compilePattern } from '../../patterns/regexp.ts';

/** Extensions of Fulcio that Kyverno knows, by number and by name, and what they are called here. */
const extensions: Readonly<Record<string, string>> = {
  '1.3.6.1.4.1.57264.1.1': 'issuerV1',
  '1.3.6.1.4.1.57264.1.2': 'githubWorkflowTrigger',
  '1.3.6.1.4.1.57264.1.3': 'githubWorkflowSha',
  '1.3.6.1.4.1.57264.1.4': 'githubWorkflowName',
  '1.3.6.1.4.1.57264.1.5': 'githubWorkflowRepository',
  '1.3.6.1.4.1.57264.1.6': 'githubWorkflowRef',
  oidcIssuer: 'issuerV1',
  githubWorkflowTrigger: 'githubWorkflowTrigger',
  githubWorkflowSha: 'githubWorkflowSha',
  githubWorkflowName: 'githubWorkflowName',
  githubWorkflowRepository: 'githubWorkflowRepository',
  githubWorkflowRef: 'githubWorkflowRef',
};

/** Whom a keyless entry accepts: subject or subject pattern, and both forms of issuer. @throws POLICY_INVALID, POLICY_PATTERN_INVALID */
export function readSigner(fields: Fields): SignerRule {
  const names = patterns(fields, 'subject', 'subjectRegExp');
  const issuers = patterns(fields, 'issuer', 'issuerRegExp');
  const claims = Object.entries(fields.textMap('additionalExtensions')).map(([key, text]) => {
    const claim = Object.hasOwn(extensions, key) ? extensions[key] : undefined;
    if (claim === undefined) throw fields.invalid(`additionalExtensions.${key}`, 'is no known extension');
    return [claim, { kind: 'wildcard', text }] as const;
  });
  const words = (all: readonly TextPattern[]): string => all.map(({ text }) => text).join(' or ') || 'anyone';
  return {
    words: `${words(names)} identified by ${words(issuers)}`,
    ...(names.length > 0 && { names }),
    ...(issuers.length > 0 && { issuers }),
    claims: Object.fromEntries(claims),
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
