export { advisoryErrors } from './errors.ts';
export { makeIdentities, type OpenedIdentities } from './identities.ts';
export { type OpenedStore, openTrivyDb } from './open.ts';
