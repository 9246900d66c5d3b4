import type { PolicyDialect } from '../../dialect.ts';
import { at } from '../../model/json.ts';

export const connaisseur: PolicyDialect = {
  id: 'connaisseur',
  title: 'Connaisseur configuration (validators and policy)',
  recognizes: (document) =>
    document['apiVersion'] === undefined &&
    (Array.isArray(document['validators']) || Array.isArray(at(document, 'application', 'validators'))),
  load: async () => (await import('./parse.ts')).parseConnaisseur,
  convert: async () => (await import('./convert.ts')).converter,
};
