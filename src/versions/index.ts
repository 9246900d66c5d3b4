export type { VersionOrder, VersionScheme } from './scheme.ts';
