import type { BooleanOption, OptionGroup, TextOption } from '../core/index.ts';
import { type Platform, parsePlatform, registryOptions } from '../oci/index.ts';
import type { Invocation } from './command.ts';

const platformOption: TextOption = {
  kind: 'text',
  flag: 'platform',
  key: 'crane.platform',
  local: true,
  placeholder: 'OS/ARCH[/VARIANT][:VERSION]',
  description: 'Take this image of an index, for example linux/arm64; `all` is the whole index',
  trust: 'any',
};

/** Says more, as --debug does. */
export const verboseOption: BooleanOption = {
  kind: 'boolean',
  flag: 'verbose',
  short: 'v',
  key: 'crane.verbose',
  local: true,
  description: 'Print what is done, as --debug does',
  trust: 'any',
};

export const nondistributableOption: BooleanOption = {
  kind: 'boolean',
  flag: 'allow-nondistributable-artifacts',
  key: 'crane.allow-nondistributable-artifacts',
  local: true,
  description: 'Push layers too that are meant to stay where they are, such as those of Windows',
  trust: 'any',
};

/** What crane takes before and behind every one of its words. */
export const craneOptions: OptionGroup = {
  id: 'crane',
  title: 'Images',
  options: [platformOption, nondistributableOption, verboseOption],
};

/** For commands that need no registry. */
export const verboseGroup: OptionGroup = { ...craneOptions, options: [verboseOption] };

/** The groups of a command that reads or moves images. */
export function imageGroups(title: string, ...options: OptionGroup['options']): readonly OptionGroup[] {
  const own = options.length === 0 ? [] : [{ id: 'command', title, options }];
  return [...own, craneOptions, registryOptions];
}

/** The platform that was asked for; crane's `all` asks for none. */
export function askedPlatform({ options }: Pick<Invocation, 'options'>): { readonly platform?: Platform } {
  const platform = options.get(platformOption);
  return platform === undefined || platform === 'all' || platform === '' ? {} : { platform: parsePlatform(platform) };
}
