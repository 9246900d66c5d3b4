import type { PolicyDialect } from '../../dialect.ts';
import { textAt } from '../../model/json.ts';

export const kyverno: PolicyDialect = {
  id: 'kyverno',
  title: 'Kyverno ClusterPolicy, Policy and PolicyException (kyverno.io)',
  recognizes: (document) =>
    /^kyverno\.io\/v\d/.test(textAt(document, 'apiVersion') ?? '') &&
    ['ClusterPolicy', 'Policy', 'PolicyException'].includes(textAt(document, 'kind') ?? ''),
  load: async () => (await import('./parse.ts')).parseKyverno,
  convert: async () => (await import('./convert.ts')).converter,
};
