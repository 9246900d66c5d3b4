export { advisoryErrors } from './errors.ts';
export { type OpenedStore, openTrivyDb } from './open.ts';
