import type { Fields } from './fields.ts';
import type { SignerRule } from './policy.ts';

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

/** What certificates must state, by a field such as `additionalExtensions`; values may have wildcards. @throws POLICY_INVALID */
export function readClaims(fields: Fields, name: string): NonNullable<SignerRule['claims']> {
  const claims = Object.entries(fields.textMap(name)).map(([key, text]) => {
    const claim = Object.hasOwn(extensions, key) ? extensions[key] : undefined;
    if (claim === undefined) throw fields.invalid(`${name}.${key}`, 'is no known extension');
    return [claim, { kind: 'wildcard', text }] as const;
  });
  return Object.fromEntries(claims);
}
