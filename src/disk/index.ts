export { type FileCache, type FileCacheOptions, makeFileCache, sweep } from './cache.ts';
export { diskErrors } from './errors.ts';
export { type FileSource, openSource } from './file-source.ts';
export { type FileStat, listDirectory, readWhole, type StreamRange, statPath, streamFile } from './read.ts';
export { fileSpool, memorySpool, type Spool, spoolStream } from './spool.ts';
export { type WalkedFile, type WalkOptions, walkFiles } from './walk.ts';
export {
  appendStream,
  makeDirectory,
  movePath,
  removePath,
  removeStaleTemporaries,
  type StagedFile,
  stageFile,
  type WriteOptions,
  writeAtomic,
  writeOutput,
} from './write.ts';
