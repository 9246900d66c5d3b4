export { versionErrors } from './errors.ts';
export type { VersionOrder, VersionScheme } from './scheme.ts';
