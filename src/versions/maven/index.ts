import type { VersionScheme } from '../scheme.ts';

export const maven: VersionScheme = {
  id: 'maven',
  title: 'Maven artifact versions',
  specification: 'maven.apache.org/pom.html#version-order-specification',
  load: async () => (await import('./order.ts')).mavenOrder,
};
