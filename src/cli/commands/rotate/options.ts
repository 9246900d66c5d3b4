import type { OptionGroup, TextOption, WithDefault } from '../../../core/index.ts';
import { evidenceRepositoryOption, localImageOption } from '../../../verify/index.ts';

const key = (flag: string, description: string): TextOption => ({
  kind: 'text',
  flag,
  key: `rotate.${flag}`,
  local: true,
  placeholder: 'KEY',
  description,
  trust: 'trusted',
});

export const oldKeyOption: TextOption = key('old-key', 'The key that goes, as verify takes it');
export const newKeyOption: TextOption = key('new-key', 'The key that comes, as verify takes it');

export const coverFormatOption: WithDefault<TextOption<'table' | 'json'>> = {
  kind: 'text',
  flag: 'format',
  key: 'rotate.format',
  local: true,
  allowed: ['table', 'json'],
  default: 'table',
  description: 'Print a table, or JSON',
  trust: 'any',
};

export const rotateOptions: OptionGroup = {
  id: 'rotate',
  title: 'Keys',
  options: [oldKeyOption, newKeyOption, coverFormatOption, localImageOption, evidenceRepositoryOption],
};
