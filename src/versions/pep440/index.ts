import type { VersionScheme } from '../scheme.ts';

export const pep440: VersionScheme = {
  id: 'pep440',
  title: 'Python package versions',
  specification: 'packaging.python.org/specifications/version-specifiers (PEP 440)',
  load: async () => (await import('./order.ts')).pep440Order,
};
