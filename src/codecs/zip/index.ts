export { openZip, type ZipArchive } from './archive.ts';
export type { ZipEntry, ZipLimits } from './directory.ts';
