export { configure } from './configure.ts';
export { describeOption } from './describe.ts';
export { explainFlag } from './flags.ts';
export {
  acceptedOptions,
  cacheDirOption,
  cacheOptions,
  debugOption,
  globalOptions,
  noProgressOption,
  quietOption,
  timeoutOption,
} from './options.ts';
export { toRegistryAccess } from './registry-input.ts';
export type { FlagUse, ResolvedOptions } from './resolve.ts';
export { toDataOptions, toFilterOptions, toScanOptions } from './scan-input.ts';
export { formatDuration } from './value/duration.ts';
