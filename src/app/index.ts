export type { DataOptions } from './advisory-data.ts';
export { type AppContext, makeContext } from './context.ts';
export { type DatabaseId, type DatabaseStatus, databaseStatus } from './database-status.ts';
export { type ScanDirectoryInput, scanDirectory } from './scan-directory.ts';
export { type ScanImageInput, scanImage } from './scan-image.ts';
export type { IgnoreFileChoice, ScanOptions } from './scan-options.ts';
