import type {
  BooleanOption,
  ListOption,
  MapOption,
  NumberOption,
  OptionGroup,
  TextOption,
  WithDefault,
} from '../core/index.ts';
import { fileKinds } from './registry.ts';

export const checkOption: BooleanOption = {
  kind: 'boolean',
  flag: 'check',
  key: 'pin.check',
  local: true,
  description: 'Write nothing, and end with 1 when a reference is not pinned',
  trust: 'any',
};

export const updateOption: BooleanOption = {
  kind: 'boolean',
  flag: 'update',
  key: 'pin.update',
  local: true,
  description: 'Move pins to what their tags mean now',
  trust: 'any',
};

export const dryRunOption: BooleanOption = {
  kind: 'boolean',
  flag: 'dry-run',
  key: 'pin.dry-run',
  local: true,
  description: 'Write nothing, and print what would change as a unified diff',
  trust: 'any',
};

export const kindsOption: ListOption = {
  kind: 'list',
  flag: 'kind',
  key: 'pin.kinds',
  allowed: fileKinds.all.map(({ id }) => id),
  placeholder: 'KINDS',
  description: 'Look at these kinds of files only; a single one is then what every named file is',
  trust: 'any',
};

export const pinPlatformOption: TextOption = {
  kind: 'text',
  flag: 'platform',
  key: 'pin.platform',
  local: true,
  placeholder: 'OS/ARCH',
  description: 'Pin the image of this platform, for example linux/arm64, instead of the index of all platforms',
  trust: 'any',
};

export const waitOption: WithDefault<NumberOption> = {
  kind: 'duration',
  flag: 'wait',
  key: 'pin.wait',
  default: 0,
  minimum: 0,
  placeholder: 'DURATION',
  description: 'Wait so long for an index that lacks a platform which the present pin has, before leaving the pin',
  trust: 'any',
};

export const gitUrlOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'git-url',
  key: 'pin.git-url',
  environment: ['GITHUB_SERVER_URL'],
  default: 'https://github.com',
  placeholder: 'URL',
  description: 'Look up the tags of actions at this server',
  trust: 'trusted',
};

export const pathsOption: MapOption = {
  kind: 'map',
  key: 'pin.paths',
  description: 'Where custom resources have images: paths such as spec.images.* by Kind or group/Kind',
  trust: 'any',
};

/** What is done with the references that are found. */
export const pinModeOptions: OptionGroup = {
  id: 'pin-mode',
  title: 'Mode',
  options: [checkOption, updateOption, dryRunOption, pinPlatformOption],
};

/** Which references there are, and how they are looked up. */
export const pinOptions: OptionGroup = {
  id: 'pin',
  title: 'Pin',
  options: [kindsOption, waitOption, gitUrlOption, pathsOption],
};
