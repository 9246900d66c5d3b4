export { defaultTarLimits, type TarEntry, type TarEntryType, type TarLimits, type TarSink } from './entry.ts';
export { TarWalker } from './walk.ts';
