export { combineStores } from './combine.ts';
export { advisoryErrors } from './errors.ts';
export { type OpenedStore, openTrivyDb } from './open.ts';
export { type OpenedOsv, type OsvOptions, openOsvRecords } from './osv/open.ts';
