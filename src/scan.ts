export {
  type AppContext,
  type DatabaseStatus,
  type DataOptions,
  databaseStatus,
  makeContext,
  type ScanDirectoryInput,
  type ScanImageInput,
  type ScanOptions,
  scanDirectory,
  scanImage,
} from './app/index.ts';
export type { Report } from './reports/index.ts';
