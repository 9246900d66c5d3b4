import type { PolicyDialect } from '../../dialect.ts';
import { textAt } from '../../model/json.ts';

const kinds = ['ImageValidatingPolicy', 'NamespacedImageValidatingPolicy', 'PolicyException'];

export const imageValidating: PolicyDialect = {
  id: 'image-validating',
  title: 'Kyverno ImageValidatingPolicy, NamespacedImageValidatingPolicy and PolicyException (policies.kyverno.io)',
  recognizes: (document) =>
    /^policies\.kyverno\.io\/v1(alpha1|beta1)?$/.test(textAt(document, 'apiVersion') ?? '') &&
    kinds.includes(textAt(document, 'kind') ?? ''),
  load: async () => (await import('./parse.ts')).parseImageValidating,
};
