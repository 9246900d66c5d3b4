export { type DatabaseKind, javaDatabase, vulnerabilityDatabase } from './download/database.ts';
export { needsUpdate } from './download/needs-update.ts';
export type { UpdateContext, UpdateOptions, UpdateResult } from './download/update.ts';
export { advisoryErrors } from './errors.ts';
export { makeIdentities, type OpenedIdentities } from './identities.ts';
export { type DatabaseMetadata, readMetadata } from './metadata.ts';
export { type OpenedStore, openTrivyDb } from './open.ts';

/** Downloading; loaded apart, as most scans find the database there. */
export const loadDownload = (): Promise<typeof import('./download/update.ts')> => import('./download/update.ts');
