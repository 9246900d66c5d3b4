export { maxConfigSize } from './image.ts';
export { notThere, refuseBlobName } from './stored/absent.ts';
export { chooseImage, usualPlatform } from './stored/choose.ts';
export { openRemoteContent, remoteSource } from './stored/remote.ts';
