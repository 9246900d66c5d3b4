export { combineStores } from './combine.ts';
export { type DatabaseKind, javaDatabase, vulnerabilityDatabase } from './download/database.ts';
export { needsUpdate } from './download/needs-update.ts';
export type { UpdateResult } from './download/update.ts';

export { makeIdentities, type OpenedIdentities } from './identities.ts';
export { loadDownload, loadOsv } from './load.ts';
export { type DatabaseMetadata, readMetadata } from './metadata.ts';
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
export type { OpenedOsv, OsvOptions } from './osv/open.ts';
