export {
  childrenOf,
  type DerNode,
  parseDer,
  toBitString,
  toBoolean,
  toInteger,
  toOid,
  toText,
  toTime,
} from './read.ts';
export { derTags, encodeDer, encodeOid } from './write.ts';
