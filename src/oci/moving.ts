export { Copier } from './copy/copy.ts';
export { maxConfigSize } from './image.ts';
export { notThere, refuseBlobName, refuseOverwriting } from './stored/absent.ts';
export { chooseImage, usualPlatform } from './stored/choose.ts';
export { openArchiveFile, openPathContent } from './stored/path.ts';
export { openRemoteContent } from './stored/remote.ts';
