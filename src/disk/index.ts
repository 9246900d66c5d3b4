export { type FileCache, makeFileCache, sweep } from './cache.ts';
export { isShared, linkDurably, renameDurably } from './durable.ts';
export { type FileSource, openSource } from './file-source.ts';
export { openLineLog } from './line-log.ts';
export { fileIdentity, listDirectory, readWhole, statPath, streamFile, streamPipe } from './read.ts';
export { readRewritable } from './rewrite.ts';
export { fileSpool, memorySpool, spoolStream } from './spool.ts';
export { type WalkedFile, walkFiles } from './walk.ts';
export {
  appendStream,
  makeDirectory,
  removePath,
  removeStaleTemporaries,
  type StagedFile,
  stageFile,
  writeAtomic,
  writeOutput,
} from './write.ts';
