export { combineStores } from './combine.ts';
export { advisoryErrors } from './errors.ts';
export { makeIdentities, type OpenedIdentities } from './identities.ts';
export { type OpenedStore, openTrivyDb } from './open.ts';
export {
  advisoryOptions,
  databaseRepositoriesOption,
  downloadJavaOnlyOption,
  downloadOnlyOption,
  javaDatabaseRepositoriesOption,
  maxAgeOption,
  osvOption,
  skipJavaUpdateOption,
  skipUpdateOption,
} from './options.ts';
export { type OpenedOsv, type OsvOptions, openOsvRecords } from './osv/open.ts';
