/** Which image another one was made of (image-spec annotations.md). */
export const baseDigest = 'org.opencontainers.image.base.digest';
export const baseName = 'org.opencontainers.image.base.name';
