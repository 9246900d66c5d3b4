import type { PolicyDialect } from '../../dialect.ts';
import { textAt } from '../../model/json.ts';

export const policyController: PolicyDialect = {
  id: 'policy-controller',
  title: 'ClusterImagePolicy and TrustRoot of the Sigstore policy-controller (policy.sigstore.dev)',
  recognizes: (document) =>
    /^policy\.sigstore\.dev\/v1(alpha1|beta1)$/.test(textAt(document, 'apiVersion') ?? '') &&
    ['ClusterImagePolicy', 'TrustRoot'].includes(textAt(document, 'kind') ?? ''),
  load: async () => (await import('./parse.ts')).parsePolicyController,
  convert: async () => (await import('./convert.ts')).converter,
};
