export type { Notice, Origin } from './assignment.ts';
export { type ConfigureInput, configure } from './configure.ts';
export { describeOption, type OptionUsage } from './describe.ts';
export { configErrors } from './errors.ts';
export { explainFlag, type FlagExplanation } from './flags.ts';
export { environmentNames } from './names.ts';
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
export { type RegistryInput, toRegistryAccess } from './registry-input.ts';
export type { FlagUse, Narrowing, ResolvedOptions } from './resolve.ts';
export { toDataOptions, toScanOptions } from './scan-input.ts';
export { formatDuration } from './value/duration.ts';
