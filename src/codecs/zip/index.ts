export { openZip, type ZipArchive } from './archive.ts';
export { defaultZipLimits, type ZipEntry, type ZipLimits } from './directory.ts';
