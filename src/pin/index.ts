export { loadNamedImages, loadPin } from './load.ts';
export type { NamedImages } from './named-images.ts';
export {
  checkOption,
  dryRunOption,
  gitUrlOption,
  kindsOption,
  pathsOption,
  pinModeOptions,
  pinOptions,
  pinPlatformOption,
  updateOption,
  waitOption,
} from './options.ts';
export {
  isAllDone,
  isAllPinned,
  type PinReport,
  type ReferenceOutcome,
  type ReferenceState,
} from './outcome.ts';
export type { PinMode } from './pin.ts';
