export { defaultTarLimits, type RawEntry, type TarEntry, type TarLimits, type TarSink } from './entry.ts';
export { blockSize } from './header.ts';
export { rewriteHead } from './rewrite.ts';
export { TarWalker } from './walk.ts';
export { tarEnd, tarHead, tarPadding } from './write.ts';
