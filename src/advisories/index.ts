export { advisoryErrors } from './errors.ts';
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
