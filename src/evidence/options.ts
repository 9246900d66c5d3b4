import type { BooleanOption, ListOption, OptionGroup, TextOption, WithDefault } from '../core/index.ts';
import { type EvidenceKind, evidenceKinds } from './copy/part.ts';

const local = (flag: string, description: string) =>
  ({ flag, key: `evidence.${flag}`, local: true, description, trust: 'any' }) as const;

export const onlyOption: ListOption<EvidenceKind> = {
  kind: 'list',
  ...local('only', 'Copy evidence of these kinds only, and leave the tag of the target as it is'),
  allowed: evidenceKinds,
  aliases: [{ flag: 'sig-only', value: 'sig', deprecated: true }],
};

export const forceOption: BooleanOption = {
  kind: 'boolean',
  ...local('force', 'Replace tags of the target that mean something else'),
  short: 'f',
};

export const dryRunOption: BooleanOption = {
  kind: 'boolean',
  ...local('dry-run', 'Tell what would be copied, and write nothing'),
};

export const evidencePlatformOption: TextOption = {
  kind: 'text',
  ...local('platform', 'Take only the image of this platform, and its evidence'),
  placeholder: 'OS/ARCH',
};

export const evidenceFormatOption: WithDefault<TextOption<'text' | 'json'>> = {
  kind: 'text',
  ...local('format', 'Tell the result in lines of text or as JSON'),
  allowed: ['text', 'json'],
  default: 'text',
};

export const copyOptions: OptionGroup = {
  id: 'copy',
  title: 'Copy',
  options: [onlyOption, evidencePlatformOption, forceOption, dryRunOption, evidenceFormatOption],
};
