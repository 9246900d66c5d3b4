export { openZip, type ZipArchive, type ZipOptions } from './archive.ts';
export { defaultZipLimits, type ZipEntry, type ZipLimits } from './directory.ts';
