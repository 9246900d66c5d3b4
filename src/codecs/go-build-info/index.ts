export type { GoModule } from './modules.ts';
export { executableMagic, type GoBuildInfo, readGoBuildInfo } from './read.ts';
