import type { PolicyDialect } from '../../dialect.ts';
import { textAt } from '../../model/json.ts';

export const plimsoll: PolicyDialect = {
  id: 'plimsoll',
  title: 'ImagePolicy (plimsoll.dev/v1alpha1)',
  recognizes: (document) =>
    textAt(document, 'apiVersion') === 'plimsoll.dev/v1alpha1' && textAt(document, 'kind') === 'ImagePolicy',
  load: async () => (await import('./parse.ts')).parseImagePolicies,
  convert: async () => (await import('./convert.ts')).converter,
};
