export { isNdb, readNdb } from './read.ts';
